"""Verdicts of the beam bench follow the laser, by measurement; killed, a run goes on."""

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

ROOT = Path(__file__).resolve().parents[2]
IDS = ("9.8-09", "9.8-10", "9.8-11")


def verdict(runs: Path, id: str, dut: str) -> Verdict:
    request = RunRequest((id,), (load().get(id),), default(), runs, dut=dut, seed=1)
    [item] = execute(request).items
    assert item.error is None, item.error
    assert item.verdict.simulated
    return item.verdict


@pytest.mark.parametrize("id", IDS)
def test_a_good_laser_passes_and_a_bad_one_fails(tmp_path: Path, id: str) -> None:
    assert verdict(tmp_path, id, "nominal").outcome == "PASS"
    assert verdict(tmp_path, id, "failing").outcome == "FAIL"


def test_figures_follow_the_laser(tmp_path: Path) -> None:
    """Far from the limit on either side, within twice U."""
    truth = tmp_path / "truth.toml"
    for id, values in {"9.8-09": (1.05, 1.8), "9.8-10": (0.6, 1.5)}.items():
        for value in values:
            truth.write_text(f'"{id}" = {value}\n', encoding="utf-8")
            [row] = verdict(tmp_path, id, str(truth)).rows
            assert isinstance(row.value, float)
            assert row.U is not None
            assert abs(row.value - value) < 2.0 * row.U, (id, value, row.value, row.U)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("stratum", "passage"), [("inside a step", 2), ("step's end", 4)])
def test_killed_it_comes_to_the_same_verdict(tmp_path: Path, stratum: str, passage: int) -> None:
    """The stage must be homed again, so that later pictures are others: figures agree within U."""
    whole = verdict(tmp_path / "whole", "9.8-09", "nominal")
    runs = tmp_path / "killed"
    place = [stratum, str(passage), "1", "9.8-09"]
    command = [sys.executable, "-m", "tests.system.dying", str(runs), *place]
    ended = subprocess.run(command, cwd=ROOT, timeout=200, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    [item] = resume(ResumeRequest(journal.parent)).items
    assert item.error is None, item.error
    assert item.verdict.outcome == whole.outcome == "PASS"
    first, second = item.verdict.rows[0], whole.rows[0]
    assert isinstance(first.value, float) and isinstance(second.value, float)
    assert second.U is not None
    assert abs(first.value - second.value) < second.U
    assert check_run(journal.parent) == ()
