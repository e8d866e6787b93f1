"""Verdicts of the laser bench follow the device, by measurement."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.system.test_voltammetry_verdicts import verdict

IDS = (
    "9.8-01", "9.8-02", "9.8-03", "9.8-06", "9.8-07", "9.8-08", "9.8-12", "9.8-13", "9.8-14",
    "9.8-15",
)  # fmt: skip


@pytest.mark.parametrize("id", IDS)
def test_a_good_device_passes_and_a_bad_one_fails(tmp_path: Path, id: str) -> None:
    assert verdict(tmp_path, id, "nominal").outcome in ("PASS", "CONDITIONAL PASS")
    assert verdict(tmp_path, id, "failing").outcome == "FAIL"


def test_figures_follow_the_device(tmp_path: Path) -> None:
    """Far from the limit on either side, within twice U."""
    truth = tmp_path / "truth.toml"
    for id, values in {
        "9.8-03": (50.0, 170.0),
        "9.8-07": (15.0, 50.0),
        "9.8-08": (40.0, 80.0),
        "9.8-06": (3.0, 30.0),
        "9.8-12": (2.0, 15.0),
        "9.8-13": (10.0, 80.0),
        "9.8-14": (50.0, 78.0),
        "9.8-15": (45.0, 70.0),
    }.items():
        for value in values:
            truth.write_text(f'"{id}" = {value}\n', encoding="utf-8")
            [row] = verdict(tmp_path, id, str(truth)).rows
            assert isinstance(row.value, float)
            assert row.U is not None
            assert abs(row.value - value) < 2.0 * row.U, (id, value, row.value, row.U)
