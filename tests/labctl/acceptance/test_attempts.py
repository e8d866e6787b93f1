"""Every run that was begun is an attempt, whatever became of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from labctl import register
from labctl.acceptance.attempts import Attempt, attempts, of_run
from labctl.acceptance.counting import counted
from labctl.errors import JournalError
from labctl.register import Entry
from labctl.verdict import Outcome
from tests.labctl.fakelab import INDICATOR, FakeLab, fault

from .real import real_run


def begun(runs: Path, run: str, *items: register.Tested, event: register.Event = "begun") -> None:
    entry = Entry(run=run, event=event, utc=run, transactions=0, head="h", content="c", items=items)
    register.append(runs, entry)


def test_a_run_is_known_with_sample_outcome_and_kind(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    outcome = real_run(runs)
    assert attempts(runs) == [
        Attempt(
            outcome.run,
            register.entries(runs)[0].utc,
            INDICATOR.id,
            "R-1",
            "done",
            Outcome.PASS,
            False,
            outcome.path,
        )
    ]


def test_failed_erred_and_gone_runs_stay_attempts(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    failed = real_run(runs, 80.0)
    erred = real_run(runs, lab=FakeLab(simulated=False, serial="4711", fault=fault()))
    shutil.rmtree(failed.path)
    found = attempts(runs)
    assert [(a.state, a.outcome) for a in found] == [
        ("gone", Outcome.FAIL),
        ("done", Outcome.INCOMPLETE),
    ]
    assert found[0].path is None and found[0].complete
    assert not found[1].complete and found[1].run == erred.run


def test_what_an_amendment_left_is_read_from_the_journal(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    real = real_run(runs, 80.0)
    stale = register.Tested(INDICATOR.id, "R-1", Outcome.PASS, False)
    begun(runs, real.run, stale, event="done")
    begun(runs, real.run, event="done")
    (found,) = attempts(runs)
    assert found.outcome is Outcome.FAIL


def test_a_killed_run_is_read_from_its_journal_or_known_by_what_was_asked(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    real = real_run(runs)
    lines = (runs / register.FILE).read_bytes().splitlines(keepends=True)
    (runs / register.FILE).write_bytes(lines[0])  # as if it had been killed before its end
    (runs / register.HEAD).unlink()
    (alone,) = attempts(runs)
    assert (alone.state, alone.outcome, alone.simulated) == ("interrupted", Outcome.PASS, False)
    (real.path / "journal.db").unlink()
    (spoiled,) = attempts(runs)
    assert (spoiled.state, spoiled.sample, spoiled.outcome) == ("unreadable", "R-1", None)


def test_a_register_of_an_earlier_labctl_is_read(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    outcome = real_run(runs)
    old = [
        {k: v for k, v in msgspec.to_builtins(e).items() if k not in ("items", "number")}
        for e in register.entries(runs)
    ]
    (runs / register.FILE).unlink()
    (runs / register.HEAD).unlink()
    for row in old:
        register.append(runs, msgspec.convert(row, Entry))
    (found,) = attempts(runs)
    assert (found.run, found.sample, found.outcome) == (outcome.run, "R-1", Outcome.PASS)


def test_a_folder_that_was_copied_here_counts_too(tmp_path: Path) -> None:
    runs, other = tmp_path / "runs", tmp_path / "other"
    outcome = real_run(other)
    real_run(runs, 80.0)
    shutil.copytree(other / outcome.run, runs / outcome.run)
    assert sorted(str(a.outcome) for a in attempts(runs)) == ["FAIL", "PASS"]


def test_a_changed_register_counts_nothing(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    real_run(runs)
    text = (runs / register.FILE).read_text(encoding="utf-8")
    (runs / register.FILE).write_text(text.replace('"begun"', '"done"', 1), encoding="utf-8")
    with pytest.raises(JournalError, match="changed"):
        attempts(runs)


def attempt(run: str, sample: str = "A", simulated: bool | None = False) -> Attempt:
    return Attempt(run, run, "1.1-90", sample, "done", Outcome.PASS, simulated)


def test_no_run_is_left_out_of_n() -> None:
    others = [
        attempt("1"),
        attempt("2", sample="B"),
        attempt("3", simulated=True),
        attempt("4", sample=""),  # nobody knows on which sample
        attempt("5", simulated=None),  # nobody knows on which bench
        attempt("6"),
    ]
    place = counted(others, others[-1])
    assert (place.k, place.n) == (4, 4)
    assert [a.run for a in place.others] == ["1", "4", "5"]
    simulated = counted(others, others[2])
    assert [a.run for a in simulated.runs] == ["3", "5"]


def test_the_attempt_of_a_run_is_found() -> None:
    known = [attempt("1"), attempt("2")]
    assert of_run(known, "2", "1.1-90") is known[1]
    assert of_run(known, "2", "1.1-91") is None


def test_an_unknown_item_of_a_gone_run_is_no_attempt(tmp_path: Path) -> None:
    begun(tmp_path, "r1")
    begun(tmp_path, "r2", register.Tested("1.1-90"))
    assert [(a.run, a.sample, a.simulated) for a in attempts(tmp_path)] == [("r2", "", None)]
