from __future__ import annotations

from pathlib import Path

import pytest

from labctl.control.job import (
    is_guarded,
    job_of,
    read_job,
    read_outcome,
    write_job,
    write_outcome,
)
from labctl.errors import JournalError
from labctl.requests import ItemOutcome, RunOutcome
from labctl.verdict import incomplete
from tests.labctl.fakelab import INDICATOR, request


def test_a_job_comes_back_and_asks_for_the_same(tmp_path: Path) -> None:
    asked = request(tmp_path, items=2, seed=7, virtual=False, operator="Ann")
    assert not is_guarded(tmp_path)
    write_job(tmp_path, job_of(asked, accept=("code:rigs",)))
    job = read_job(tmp_path)
    assert is_guarded(tmp_path) and job.accept == ("code:rigs",) and job.bench is None
    assert job.request(tmp_path) == asked


def test_no_job_is_told(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match=r"request\.json"):
        read_job(tmp_path)


def test_what_a_run_came_to_comes_back_until_it_goes_on(tmp_path: Path) -> None:
    asked = request(tmp_path)
    verdict = incomplete(INDICATOR, asked.agreement, "why", simulated=True)
    outcome = RunOutcome(
        tmp_path.name, tmp_path, (ItemOutcome("1.1-90", verdict, {"kind": "link"}, 3),), True
    )
    assert read_outcome(tmp_path) is None
    write_outcome(outcome)
    assert repr(read_outcome(tmp_path)) == repr(outcome)
    write_job(tmp_path, job_of(asked))
    assert read_outcome(tmp_path) is None
