"""The photo-charging bench end to end: verdicts by measurement, doubt, runs that were killed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.evidence import Figure, Present
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from labctl.verdict import Outcome
from procedures.methods.photocharging import stability
from procedures.methods.photocharging.profile import PORTABLE
from tests.killed import KILLED
from tests.runcheck import check_run
from tests.system.photocharging_dying import request

ROOT = Path(__file__).resolve().parents[2]


def test_the_efficiency_of_both_devices_is_measured(tmp_path: Path) -> None:
    for dut, true, outcome in (("nominal", 10.2, Outcome.PASS), ("failing", 8.1, Outcome.FAIL)):
        done = execute(request(tmp_path, dut=dut))
        assert check_run(done.path) == ()
        assert done.items[0].verdict.outcome is outcome
        [record] = open_run(done.path).items
        assert record.evidence is not None
        figure = record.evidence.results["energy_conversion_efficiency"]
        assert isinstance(figure, Figure)
        assert abs(figure.value - true) < 4.0 * figure.u < 0.5


def test_the_supply_of_both_devices_is_told_and_doubt_is_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = ""
    for dut, there in (("nominal", True), ("failing", False)):
        done = execute(request(tmp_path, "1.1-15", dut))
        [record] = open_run(done.path).items
        assert record.evidence is not None and done.items[0].error is None
        found = record.evidence.results["stable_supply"]
        assert isinstance(found, Present) and found.there is there
        shown = found.shown_by if there else shown
    # The band's edge lies where the deepest sag was: nobody can tell.
    edge = replace(PORTABLE, low=float(shown.split()[0]) - 0.001)
    monkeypatch.setattr(stability, "PORTABLE", edge)
    doubtful = execute(request(tmp_path, "1.1-15"))
    assert doubtful.items[0].verdict.outcome is Outcome.INCOMPLETE
    assert stability.DOUBT in doubtful.items[0].verdict.reasons


def test_a_cycle_killed_in_its_discharge_comes_to_the_same(tmp_path: Path) -> None:
    whole = execute(request(tmp_path / "whole"))
    runs = tmp_path / "killed"
    runs.mkdir()
    command = [sys.executable, "-m", "tests.system.photocharging_dying", str(runs), "392"]
    ended = subprocess.run(command, cwd=ROOT, timeout=100, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    assert resume(ResumeRequest(journal.parent)).items == whole.items
    assert check_run(journal.parent) == ()
