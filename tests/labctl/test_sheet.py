from __future__ import annotations

from pathlib import Path

import pytest

from labctl.errors import BenchError, UsageError
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.sheet import load, sample_in_place

TEXT = """
id = "C-17"
kind = "flexible perovskite solar cell"
lot = "2026-03"

[properties]
area = {value = 0.9987, unit = "cm**2", u = 0.0021}

[aspects]
exposure = "连续光照"
"""
SIMULATED = Sample("SIM-C", "cell", properties={"area": Quantity(1.0, "cm**2")})


def sheet(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sheet.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sheet_is_read(tmp_path: Path) -> None:
    sample = load(sheet(tmp_path, TEXT))
    assert (sample.id, sample.lot) == ("C-17", "2026-03")
    assert sample.properties["area"] == Quantity(0.9987, "cm**2", 0.0021)
    assert sample.aspects == {"exposure": "连续光照"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id = 3\nkind = 'x'\n", "id"),
        ("kind = 'x'\n", "id"),
        ("id = 'a'\nkind = 'x'\n[properties]\narea = 3\n", "properties"),
        ("id = ", "not TOML"),
    ],
)
def test_a_malformed_sheet_is_named_with_its_key(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BenchError, match=told) as caught:
        load(sheet(tmp_path, text))
    assert "sheet.toml" in caught.value.message


def test_what_the_option_names_is_in_place(tmp_path: Path) -> None:
    assert sample_in_place(None, SIMULATED, "cell") is SIMULATED
    assert sample_in_place("C-9", SIMULATED, "cell") == Sample(
        "C-9", "cell", properties=SIMULATED.properties
    )
    assert sample_in_place("C-9", None, "cell") == Sample("C-9", "cell")
    assert sample_in_place(str(sheet(tmp_path, TEXT)), None, "cell").lot == "2026-03"


def test_a_real_bench_needs_a_name_and_a_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="which sample"):
        sample_in_place(None, None, "cell")
    with pytest.raises(BenchError, match="cannot be read"):
        sample_in_place(str(tmp_path / "gone.toml"), None, "cell")
