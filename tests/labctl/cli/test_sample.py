from __future__ import annotations

from pathlib import Path

import pytest

from tests.labctl.samples.inplace import FingerLab, Place, ran, real

from .conftest import Command

SHEET = 'id = "C-17"\nkind = "resistor"\nlot = "L3"\n[aspects]\nmedium = "air"\n'


def used(folder: Path) -> None:
    """A real sample in two runs, the second with another one in its place, and a simulated one."""
    (folder / "sheet.toml").write_text(SHEET, encoding="utf-8")
    lab, runs = real(), folder / "runs"
    ran(runs, lab, str(folder / "sheet.toml"), operator="Ann")
    lab.place.ohms = 200.0
    ran(runs, lab, str(folder / "sheet.toml"), operator="Ann")
    ran(runs, FingerLab(place=Place(99.0)), "S-1")


def test_the_history_of_a_sample(labctl: Command, tmp_path: Path) -> None:
    used(tmp_path)
    answer = labctl("sample", "C-17", "--json")
    found = answer.document
    assert answer.code == 0
    assert (found["id"], found["lot"], found["runs"]) == ("C-17", "L3", 2)
    assert found["hours"] == pytest.approx(1.0, abs=1e-4)
    assert not found["simulated"]
    first, second = found["items"]
    assert (first["outcome"], second["outcome"]) == ("PASS", "")
    assert [one["step"] for one in first["exposures"]] == ["hour"]
    assert first["amounts"] == {"duration": {"value": 1.0, "unit": "h", "u": 0.0}}
    (taken,) = second["fingerprints"]
    assert (taken["against"], taken["matches"]) == (first["run"], False)
    text = labctl("sample", "C-17").out
    assert "exposed: hour: 1 h" in text
    assert "resistance 200 ohm (+100.00 %)  another sample" in text


def test_all_samples_are_listed_with_the_hours_of_their_exposures(
    labctl: Command, tmp_path: Path
) -> None:
    used(tmp_path)
    rows = {row["id"]: row for row in labctl("sample", "--json").document}
    assert [row["simulated"] for row in rows.values()] == [False, True]
    assert [row["hours"] for row in rows.values()] == pytest.approx([1.0, 1.0], abs=1e-4)
    assert "2 samples in" in labctl("sample").err


def test_a_sample_that_no_run_was_on_is_an_error(labctl: Command) -> None:
    answer = labctl("sample", "X-1", "--json")
    assert (answer.code, answer.document["error"]["kind"]) == (3, "usage")
