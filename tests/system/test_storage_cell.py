"""The storage cell indicators by measurement, and a life that is killed and goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from labctl.verdict import Outcome
from tests.runcheck import check_run
from tests.system.dying import KILLED, request
from tests.system.test_battery import ROOT, measured
from tests.system.underway import read

ITEMS = ("2.4-02", "2.4-08", "2.4-09")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("item", ITEMS)
def test_nominal_passes_and_failing_fails_by_measurement(tmp_path: Path, item: str) -> None:
    for dut, expected in (("nominal", Outcome.PASS), ("failing", Outcome.FAIL)):
        outcome, evidence = measured(tmp_path, item, dut)
        verdict = outcome.items[0].verdict
        assert verdict.outcome == expected and verdict.simulated
        assert not evidence.unstated and not evidence.missing and evidence.budget
        assert all(one.outcome == Outcome.PASS for one in verdict.conditions)


@pytest.mark.timeout(300)
def test_killed_in_the_midst_of_a_life_it_comes_to_the_same(tmp_path: Path) -> None:
    whole = execute(request(tmp_path / "whole", 1.0, "2.4-09"))
    runs = tmp_path / "killed"
    command = [sys.executable, "-m", "tests.system.dying", str(runs)]
    place = ["inside a step", "12", "1", "2.4-09"]
    ended = subprocess.run(
        [*command, *place], cwd=ROOT, timeout=200, capture_output=True, check=False
    )
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    outcome = resume(ResumeRequest(journal.parent))
    assert outcome.items == whole.items
    assert read(open_run(journal.parent)) == read(open_run(whole.path))
    assert check_run(journal.parent) == ()
