from __future__ import annotations

import pytest

from labctl.catalogue import load
from labctl.ci import working
from labctl.ci.trial import Job, Tried
from labctl.ci.working import worked
from labctl.errors import UsageError
from labctl.testing.standing import Standing

DOCUMENTS = tuple(load().get(id) for id in ("1.1-02", "1.2-01"))


def jobs(keep: object) -> list[Job]:
    return [Job(DOCUMENTS, dut, 1, str(keep)) for dut in ("nominal", "failing")]


def test_jobs_are_done_in_processes_as_in_this_one(tmp_path: object) -> None:
    def plain(rows: list[list[Tried]]) -> list[tuple[str, str, str]]:
        return sorted((one.id, one.dut, one.outcome) for each in rows for one in each)

    here, there = (list(worked(jobs(tmp_path), count)) for count in (1, 2))
    assert plain(here) == plain(there)
    assert plain(here) == [
        ("1.1-02", "failing", "FAIL"),
        ("1.1-02", "nominal", "PASS"),
        ("1.2-01", "failing", "FAIL"),
        ("1.2-01", "nominal", "PASS"),
    ]


def test_what_nobody_foresaw_is_a_defect_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(job: Job) -> list[Tried]:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(working, "carried", broken)
    [found, _] = worked(jobs("keep"), 1)
    assert [(one.id, one.standing) for one in found] == [
        ("1.1-02", Standing.DEFECT),
        ("1.2-01", Standing.DEFECT),
    ]
    assert "ZeroDivisionError: by nothing" in found[0].why


def test_what_was_asked_wrongly_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(job: Job) -> list[Tried]:
        raise UsageError("no such fault", remedy="another")

    monkeypatch.setattr(working, "carried", refused)
    with pytest.raises(UsageError, match="no such fault"):
        list(worked(jobs("keep"), 1))
