"""Runs that are killed while they are held or ask somebody: they go on as if they had not been."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labctl.engine import execute
from labctl.requests import ItemOutcome, RunOutcome
from labctl.resume import ResumeRequest, resume
from labctl.runfile import RunRecord, open_run
from labctl.testing.faulted import apart
from tests.killed import KILLED
from tests.runcheck import check_run
from tests.system.dying_held import ASKED, HELD, LONG, answered, begun, left_alone
from tests.system.underway import read

ROOT = Path(__file__).parents[2]


def killed(runs: Path, place: str) -> Path:
    """The folder of a run that was killed at a place."""
    command = [sys.executable, "-m", "tests.system.dying_held", str(runs), place]
    ended = subprocess.run(command, cwd=ROOT, timeout=100, capture_output=True, check=False)
    assert ended.returncode == KILLED, ended.stderr.decode("utf-8")[-800:]
    (journal,) = runs.glob("*/journal.db")
    return journal.parent


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunOutcome, RunRecord]:
    outcome = execute(left_alone(tmp_path_factory.mktemp("whole")))
    return outcome, open_run(outcome.path)


def agree(items: tuple[ItemOutcome, ...], whole: tuple[ItemOutcome, ...]) -> None:
    """The same verdict, and another figure within U: half an hour of it was dark."""
    (item,), (expected,) = items, whole
    assert item.verdict.outcome == expected.verdict.outcome
    (row,), (other,) = item.verdict.rows, expected.verdict.rows
    assert 0.0 < apart(row, other) <= 1.0


def test_a_pause_agrees_within_the_uncertainty(
    tmp_path: Path, undisturbed: tuple[RunOutcome, RunRecord]
) -> None:
    outcome = begun(tmp_path, "nowhere")
    agree(outcome.items, undisturbed[0].items)
    told = " ".join(str(line) for line in open_run(outcome.path).items[0].evidence.how)  # type: ignore[union-attr]
    assert "Interrupted {count} times" in told


@pytest.mark.parametrize("place", HELD)
def test_killed_around_a_pause_it_is_as_if_nobody_had_paused(
    tmp_path: Path, undisturbed: tuple[RunOutcome, RunRecord], place: str
) -> None:
    """A simulated bench goes on at its last commit, which was before the pause."""
    folder = killed(tmp_path, place)
    outcome = resume(ResumeRequest(folder))
    assert outcome.items == undisturbed[0].items
    assert read(open_run(folder)) == read(undisturbed[1])
    assert check_run(folder) == ()


def test_killed_while_held_and_away_for_as_long_again(
    tmp_path: Path, undisturbed: tuple[RunOutcome, RunRecord]
) -> None:
    folder = killed(tmp_path, "held")
    outcome = resume(ResumeRequest(folder, outage=LONG))
    agree(outcome.items, undisturbed[0].items)
    assert check_run(folder) == ()


@pytest.mark.parametrize("place", ASKED)
def test_killed_around_a_prompt_it_is_asked_again(tmp_path: Path, place: str) -> None:
    whole = begun(tmp_path / "whole", "asked")
    folder = killed(tmp_path / "killed", place)
    before = [row.prompt for row in open_run(folder).items[0].answers]
    assert "width" not in before, "what was not committed was not answered"
    outcome = resume(ResumeRequest(folder), answered)
    assert outcome.items == whole.items
    prompts = [row.prompt for row in open_run(folder).items[0].answers]
    assert prompts.count("width") == 1 and len(prompts) == len(set(prompts))
    assert check_run(folder) == ()
