"""Killed runs go on to the verdict of one that was left alone; a gap shows where it counts.

The places come by strata from a seeded stream. More of them, over longer runs: ci/soak.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from labctl.engine import execute
from labctl.requests import RunOutcome
from labctl.resume import ResumeRequest, resume
from labctl.runfile import RunRecord, open_run
from tests.killed import KILLED
from tests.runcheck import check_run
from tests.system.dying import request
from tests.system.underway import read

ROOT = Path(__file__).resolve().parents[2]
SEED = 20261122
STRATA = {
    "inside a step": (7, 1600),
    "before a commit": (2, 60),
    "after a commit": (2, 60),
    "batch": (2, 60),
    "step's end": (1, 36),
}
"""How often a place is passed in an undisturbed run, about; from and to."""

EACH = 4


def points() -> list[tuple[str, int]]:
    """(stratum, passage) of every kill."""
    rng = np.random.default_rng(SEED)
    return [
        (stratum, int(rng.integers(first, last)))
        for stratum, (first, last) in STRATA.items()
        for _ in range(EACH)
    ]


def die(where: Path, stratum: str, count: int, *more: str) -> None:
    command = [sys.executable, "-m", "tests.system.dying", str(where), stratum, str(count), *more]
    ended = subprocess.run(command, cwd=ROOT, timeout=100, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]


def killed(runs: Path, stratum: str, count: int) -> Path:
    """The folder of a run that was killed."""
    die(runs, stratum, count)
    (journal,) = runs.glob("*/journal.db")
    return journal.parent


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunOutcome, RunRecord]:
    outcome = execute(request(tmp_path_factory.mktemp("whole")))
    return outcome, open_run(outcome.path)


def same(folder: Path, whole: tuple[RunOutcome, RunRecord]) -> None:
    outcome = resume(ResumeRequest(folder))
    assert outcome.items == whole[0].items
    assert read(open_run(folder)) == read(whole[1])
    assert check_run(folder) == ()


@pytest.mark.parametrize(("stratum", "count"), points())
def test_a_killed_run_comes_to_the_same(
    tmp_path: Path, undisturbed: tuple[RunOutcome, RunRecord], stratum: str, count: int
) -> None:
    same(killed(tmp_path, stratum, count), undisturbed)


@pytest.mark.parametrize("place", ["arrange", "resume", "after a commit", "inside a step"])
def test_killed_again_while_it_goes_on(
    tmp_path: Path, undisturbed: tuple[RunOutcome, RunRecord], place: str
) -> None:
    folder = killed(tmp_path, "inside a step", 1200)
    for _ in range(2):
        die(folder, place, 1, "go-on")
    same(folder, undisturbed)


def test_a_tolerated_outage_agrees_within_the_uncertainty(
    tmp_path: Path, undisturbed: tuple[RunOutcome, RunRecord]
) -> None:
    folder = killed(tmp_path, "inside a step", 1500)
    (item,) = resume(ResumeRequest(folder, outage=1800.0)).items
    (whole,) = undisturbed[0].items
    (row,), (expected,) = item.verdict.rows, whole.verdict.rows
    assert item.verdict.outcome == whole.verdict.outcome
    assert isinstance(row.value, float) and isinstance(expected.value, float)
    assert isinstance(expected.U, float)
    assert row.value != expected.value
    assert abs(row.value - expected.value) < expected.U
    told = " ".join(str(line) for line in open_run(folder).items[0].evidence.how)  # type: ignore[union-attr]
    assert "Interrupted {count} times" in told


def test_an_outage_that_is_too_long_is_invalid(tmp_path: Path) -> None:
    folder = killed(tmp_path, "inside a step", 1500)
    (item,) = resume(ResumeRequest(folder, outage=5 * 3600.0)).items
    assert item.verdict.outcome == "INVALID"
    assert any("interrupted for" in reason for reason in item.verdict.reasons)
