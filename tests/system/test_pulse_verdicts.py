"""Verdicts of the pulse bench follow the laser, by measurement; killed, a run goes on."""

from __future__ import annotations

import subprocess
import sys
from math import hypot
from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from labctl.judging.record import Verdict
from labctl.resume import ResumeRequest, resume
from rigs.benches import simulated_bench
from tests.killed import KILLED
from tests.runcheck import check_run

ROOT = Path(__file__).resolve().parents[2]
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


@pytest.mark.timeout(300)
def test_killed_it_comes_to_the_same_verdict(tmp_path: Path) -> None:
    """Other shots are taken after it: figures agree within their U together."""
    whole = verdict(tmp_path / "whole", "9.8-05", "nominal")
    runs = tmp_path / "killed"
    command = [sys.executable, "-m", "tests.system.dying", str(runs), "inside a step", "2", "1"]
    ended = subprocess.run(
        [*command, "9.8-05"], cwd=ROOT, timeout=200, capture_output=True, check=False
    )
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    [item] = resume(ResumeRequest(journal.parent)).items
    assert item.error is None, item.error
    assert item.verdict.outcome == whole.outcome == "PASS"
    first, second = item.verdict.rows[0], whole.rows[0]
    assert isinstance(first.value, float) and isinstance(second.value, float)
    assert first.U is not None and second.U is not None
    assert abs(first.value - second.value) < hypot(first.U, second.U)
    assert check_run(journal.parent) == ()
