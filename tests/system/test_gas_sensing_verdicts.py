"""Verdicts of the gas sensing bench follow the device, by measurement; a killed run goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import RunRequest, execute
from labctl.judging.record import Verdict
from labctl.resume import ResumeRequest, resume
from tests.killed import KILLED
from tests.runcheck import check_run
from tests.system.photocharging_dying import request

ROOT = Path(__file__).resolve().parents[2]
IDS = ("6.7-01", "6.7-02", "6.7-03", "6.7-04", "6.7-05")


def verdict(runs: Path, id: str, dut: str) -> Verdict:
    wanted = RunRequest((id,), (load().get(id),), default(), runs, dut=dut, seed=1)
    [item] = execute(wanted).items
    assert item.error is None, item.error
    assert item.verdict.simulated
    return item.verdict


@pytest.mark.parametrize("id", IDS)
def test_a_good_device_passes_and_a_bad_one_fails(tmp_path: Path, id: str) -> None:
    assert verdict(tmp_path, id, "nominal").outcome in ("PASS", "CONDITIONAL PASS")
    assert verdict(tmp_path, id, "failing").outcome == "FAIL"


@pytest.mark.parametrize(("id", "channels"), [("6.7-02", 6), ("6.7-03", 9), ("6.7-04", 4)])
def test_a_run_that_was_killed_is_done_again_from_its_last_step(
    id: str, channels: int, tmp_path: Path
) -> None:
    whole = execute(request(tmp_path / "whole", id))
    runs = tmp_path / "killed"
    runs.mkdir()
    command = [sys.executable, "-m", "tests.system.dimension_dying", str(runs), id, str(channels)]
    ended = subprocess.run(command, cwd=ROOT, timeout=100, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    resumed = resume(ResumeRequest(journal.parent)).items[0]
    assert resumed.error is None, resumed.error
    assert resumed.verdict == whole.items[0].verdict
    assert check_run(journal.parent) == ()
