"""Verdicts of the pulse bench follow the laser, by measurement."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from labctl.judging.record import Verdict
from rigs.benches import simulated_bench

IDS = ("9.8-04", "9.8-05")

SATURATED = """
[[sim.faults]]
role = "scope"
kind = "saturate"
high = 0.4
"""


def verdict(runs: Path, id: str, dut: str, bench: Path | None = None) -> Verdict:
    item = load().get(id)
    request = RunRequest((id,), (item,), default(), runs, dut=dut, seed=1, bench=bench)
    [done] = execute(request).items
    assert done.error is None, done.error
    assert done.verdict.simulated
    return done.verdict


@pytest.mark.parametrize("id", IDS)
def test_a_good_laser_passes_and_a_bad_one_fails(tmp_path: Path, id: str) -> None:
    assert verdict(tmp_path, id, "nominal").outcome == "PASS"
    assert verdict(tmp_path, id, "failing").outcome == "FAIL"


def test_a_photodiode_that_saturates_gives_no_verdict(tmp_path: Path) -> None:
    bench = tmp_path / "pulses.toml"
    text = simulated_bench("pulses").read_text(encoding="utf-8")
    bench.write_text(text + SATURATED, encoding="utf-8")
    found = verdict(tmp_path, "9.8-05", "nominal", bench)
    assert found.outcome == "INVALID"
    assert any("saturates" in str(reason) for reason in found.reasons)
