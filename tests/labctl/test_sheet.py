from __future__ import annotations

import re
from pathlib import Path

import pytest

from labctl.errors import BenchError, UsageError
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.sheet import load, photo_path, sample_in_place
from tests.labctl.asking.desks import PNG

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


WHOLE = """
id = "C-17"
kind = "cell"
photo = "c17.png"

[properties]
area = {value = 1.0, unit = "cm**2", u = 0.01}

[fingerprint]
forward_voltage = {value = 1.01, unit = "V", u = 0.002, band = {value = 20, unit = "mV"}}
"""


def test_a_sheet_states_a_fingerprint_and_a_photo(tmp_path: Path) -> None:
    (tmp_path / "c17.png").write_bytes(PNG)
    path = sheet(tmp_path, WHOLE)
    sample = load(path)
    stated = sample.fingerprint["forward_voltage"]
    assert stated.quantity == Quantity(1.01, "V", 0.002)
    assert stated.band == Quantity(20.0, "mV")
    assert sample.photo is not None
    assert (sample.photo.name, sample.photo.size) == ("c17.png", len(PNG))
    assert photo_path(path) == tmp_path / "c17.png"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "C-17"', 'id = " "', "id: is empty"),
        ('kind = "cell"', 'kind = "cell"\nlott = "1"', "lott: unknown key"),
        ("u = 0.01", "uu = 0.01", "properties.area.uu: unknown key"),
        ("u = 0.01", "u = -0.01", "properties.area: u is -0.01"),
        ("value = 1.0,", "value = nan,", "properties.area: value is nan"),
        ('unit = "cm**2"', 'unit = "furlongs2"', "properties.area: unknown unit 'furlongs2'"),
        ("value = 20", "value = 0", "fingerprint.forward_voltage.band: value is 0"),
        ('unit = "mV"', 'unit = "A"', "fingerprint.forward_voltage.band: A does not fit V"),
        ('unit = "mV"', 'unit = "mV", u = 1, v = 2', "forward_voltage.band.v: unknown key"),
        ("c17.png", "gone.png", "photo: .*gone.png cannot be read"),
        ("c17.png", "sheet.toml", "photo: .*sheet.toml is no picture"),
        ('"c17.png"', "3", "photo: names no file"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_named_by_its_key(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    (tmp_path / "c17.png").write_bytes(PNG)
    assert old in WHOLE
    with pytest.raises(BenchError, match=re.escape("sheet.toml") + ".*" + told):
        load(sheet(tmp_path, WHOLE.replace(old, new)))
