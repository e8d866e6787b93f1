"""Verdicts of the voltammetry bench follow the device, by measurement."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from labctl.judging.record import Verdict

IDS = ("5.2-08", "6.8-02", "6.8-03", "6.8-04", "6.8-06", "6.8-07")


def verdict(runs: Path, id: str, dut: str) -> Verdict:
    request = RunRequest((id,), (load().get(id),), default(), runs, dut=dut, seed=1)
    [item] = execute(request).items
    assert item.error is None, item.error
    assert item.verdict.simulated
    return item.verdict


@pytest.mark.parametrize("id", IDS)
def test_a_good_device_passes_and_a_bad_one_fails(tmp_path: Path, id: str) -> None:
    assert verdict(tmp_path, id, "nominal").outcome in ("PASS", "CONDITIONAL PASS")
    assert verdict(tmp_path, id, "failing").outcome == "FAIL"


def test_figures_follow_the_device(tmp_path: Path) -> None:
    """Far from the limit on either side, within twice U."""
    truth = tmp_path / "truth.toml"
    for id, values in {
        "6.8-06": (2.0, 7.0),
        "5.2-08": (-15.0, 15.0),
        "6.8-04": (8.0, 30.0),
    }.items():
        for value in values:
            truth.write_text(f'"{id}" = {value}\n', encoding="utf-8")
            [row] = verdict(tmp_path, id, str(truth)).rows
            assert isinstance(row.value, float)
            assert row.U is not None
            assert abs(row.value - value) < 2.0 * row.U, (id, value, row.value, row.U)
