"""Verdicts of the breakdown bench follow the device; a ramp cut short is never repeated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labctl import catalogue
from labctl.proficiency.trial import Trial, tried
from labctl.resume import ResumeRequest, resume
from tests.killed import KILLED
from tests.runcheck import check_run

ROOT = Path(__file__).resolve().parents[2]
ID = "8.11-05"


def test_the_good_one_passes_and_the_bad_one_fails() -> None:
    for dut, wanted in (("nominal", "PASS"), ("failing", "FAIL")):
        found = tried(catalogue.load().get(ID), Trial(seed=11, dut=dut))
        assert (found.outcome, found.error) == (wanted, "")


def test_what_holds_to_the_end_passes_as_a_bound() -> None:
    found = tried(catalogue.load().get(ID), Trial(seed=5, key="breakdown_voltage", true=3200.0))
    assert (found.outcome, found.error) == ("PASS", "")
    assert found.value == pytest.approx(3000.0, abs=3.0)


@pytest.mark.timeout(200)
@pytest.mark.parametrize(("passage", "wanted"), [(4, "PASS"), (5, "INCOMPLETE")])
def test_a_device_under_voltage_is_not_ramped_again(
    tmp_path: Path, passage: int, wanted: str
) -> None:
    """Killed as the second device is marked, which nothing was put on yet, and as its ramp ends."""
    place = ["step's end", str(passage), "1", ID]
    command = [sys.executable, "-m", "tests.system.dying", str(tmp_path), *place]
    ended = subprocess.run(command, cwd=ROOT, timeout=150, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = tmp_path.glob("*/journal.db")
    [item] = resume(ResumeRequest(journal.parent)).items
    assert item.error is None, item.error
    assert item.verdict.outcome == wanted, item.verdict
    assert check_run(journal.parent) == ()
