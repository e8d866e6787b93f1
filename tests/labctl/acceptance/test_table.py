"""The acceptance table of a direction: which run counts, and when it is an acceptance."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from labctl import register
from labctl.acceptance.attempts import Attempt, attempts
from labctl.acceptance.authorising import authorise
from labctl.acceptance.choosing import choices, of_one_kind
from labctl.acceptance.document import as_document
from labctl.acceptance.table import Line, Table, make
from labctl.laboratory import Laboratory
from labctl.verdict import Outcome
from labctl.words import said
from tests.labctl.fakelab import INDICATOR, FakeLab, fault
from tests.labctl.verification.done import alter

from .real import DIRECTION, real_run

OTHER = msgspec.structs.replace(INDICATOR, id="1.1-91")


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    return tmp_path / "runs"


def only(table: Table) -> Line:
    (line,) = table.lines
    return line


def attempt(run: str, outcome: str | None, sample: str = "A", simulated: bool = False) -> Attempt:
    word = None if outcome is None else Outcome(outcome)
    return Attempt(run, run, "1.1-90", sample, "done", word, simulated)


@pytest.mark.parametrize(
    ("outcomes", "counts"),
    [
        (["PASS", "FAIL"], "2"),  # never the best
        (["FAIL", "PASS"], "2"),
        (["PASS", "INVALID"], "2"),
        (["PASS", "INCOMPLETE"], "1"),  # that came to no decision
        (["FAIL", None, "INCOMPLETE"], "1"),
        ([None, "INCOMPLETE"], None),
    ],
)
def test_the_latest_run_that_came_to_a_decision_counts(
    outcomes: list[str | None], counts: str | None
) -> None:
    found = [attempt(str(n), one) for n, one in enumerate(outcomes, 1)]
    (choice,) = choices(found, "1.1-90")
    assert (choice.attempt.run if choice.attempt else None) == counts
    assert len(choice.runs) == len(outcomes)


def test_every_sample_counts_and_real_runs_put_simulated_ones_out() -> None:
    found = [
        attempt("1", "PASS", "A"),
        attempt("2", "FAIL", "B"),
        attempt("3", "PASS", "A", simulated=True),
    ]
    real = of_one_kind(found, ["1.1-90"])
    assert [(c.sample, c.attempt and c.attempt.run) for c in choices(real, "1.1-90")] == [
        ("A", "1"),
        ("B", "2"),
    ]
    assert [a.run for a in of_one_kind(found, ["1.1-90"], "B")] == ["2"]
    assert [a.run for a in of_one_kind(found[2:], ["1.1-90"])] == ["3"]
    assert of_one_kind(found, ["1.1-91"]) == []


def test_an_indicator_without_a_run_is_incomplete(runs: Path) -> None:
    table = make(msgspec.structs.replace(DIRECTION, indicators=(INDICATOR, OTHER)), runs)
    assert [line.outcome for line in table.lines] == [Outcome.INCOMPLETE] * 2
    assert table.outcome is Outcome.INCOMPLETE and not table.acceptance


def test_a_real_run_is_a_draft_until_it_is_authorised(runs: Path) -> None:
    outcome = real_run(runs)
    table = make(DIRECTION, runs)
    assert table.outcome is Outcome.PASS and table.draft and not table.acceptance
    assert "nobody has authorised it" in said(only(table).objections[0])
    authorise(outcome.path, "Chen Li", "released")
    table = make(DIRECTION, runs)
    assert table.acceptance and not table.simulated and only(table).objections == ()
    row = as_document(table, Laboratory("L"))["indicators"][0]
    assert (row["run"], row["k"], row["n"], row["authorised_by"]) == (outcome.run, 1, 1, "Chen Li")
    assert row["rows"][0]["value"] == 120.0


def test_a_later_failure_stands_and_the_earlier_run_is_shown(runs: Path) -> None:
    authorise(real_run(runs).path, "Chen Li", "released")
    failed = real_run(runs, 80.0)
    line = only(make(DIRECTION, runs))
    assert line.outcome is Outcome.FAIL and line.attempt is not None
    assert line.attempt.run == failed.run
    assert line.counted is not None and (line.counted.k, line.counted.n) == (2, 2)
    shutil.rmtree(failed.path)  # which does not bring the earlier one back
    line = only(make(DIRECTION, runs))
    assert line.outcome is Outcome.INCOMPLETE
    assert "gone" in said(line.objections[0]) and "FAIL" in said(line.objections[0])


def test_an_erred_run_does_not_count_and_is_listed(runs: Path) -> None:
    real_run(runs)
    real_run(runs, lab=FakeLab(simulated=False, serial="4711", fault=fault()))
    line = only(make(DIRECTION, runs))
    assert line.outcome is Outcome.PASS
    assert line.counted is not None and (line.counted.k, line.counted.n) == (1, 2)


def test_simulated_verdicts_are_no_acceptance(runs: Path) -> None:
    real_run(runs, lab=FakeLab())
    table = make(DIRECTION, runs)
    assert table.outcome is Outcome.PASS and table.simulated and not table.acceptance


def test_of_several_samples_the_worst_stands_but_for_the_one_that_is_named(runs: Path) -> None:
    real_run(runs)
    real_run(runs, 80.0, sample="R-2")
    assert [line.sample for line in make(DIRECTION, runs).lines] == ["R-1", "R-2"]
    assert make(DIRECTION, runs).outcome is Outcome.FAIL
    assert make(DIRECTION, runs, "R-1").outcome is Outcome.PASS


def test_a_changed_run_is_invalid(runs: Path) -> None:
    outcome = real_run(runs)
    alter(outcome.path, "UPDATE readings SET value = value + 1 WHERE rowid = 3")
    line = only(make(DIRECTION, runs))
    assert line.outcome is Outcome.INVALID
    assert "not what was written" in said(line.objections[0])


def test_a_map_that_states_it_in_another_way_is_told(runs: Path) -> None:
    real_run(runs)
    (row,) = INDICATOR.criteria
    harder = msgspec.structs.replace(row, value=110.0)
    other = msgspec.structs.replace(INDICATOR, criteria=(harder,))
    table = make(msgspec.structs.replace(DIRECTION, indicators=(other,)), runs)
    assert any("another way" in said(words) for words in only(table).objections)


def test_a_register_whose_end_was_cut_off_makes_no_acceptance(runs: Path) -> None:
    authorise(real_run(runs).path, "Chen Li", "released")
    real_run(runs, 80.0)
    lines = (runs / register.FILE).read_bytes().splitlines(keepends=True)
    shutil.rmtree(runs / attempts(runs)[-1].run)
    (runs / register.FILE).write_bytes(b"".join(lines[:3]))  # as if there had been one run
    table = make(DIRECTION, runs)
    assert table.outcome is Outcome.PASS and table.draft and not table.acceptance
    assert "the last 2 were cut off" in table.problems[0]


def test_the_outcome_rests_on_the_common_ones_and_the_best_set() -> None:
    def line(id: str, letter: str, outcome: Outcome) -> Line:
        return Line(msgspec.structs.replace(INDICATOR, id=id, alternatives=letter), "A", outcome)

    lines = (
        line("1.1-90", "", Outcome.PASS),
        line("1.1-91", "a", Outcome.FAIL),
        line("1.1-92", "b", Outcome.PASS),
    )
    sets = {"": Outcome.PASS, "a": Outcome.FAIL, "b": Outcome.PASS}
    table = Table(DIRECTION, "", "2026", lines, Outcome.PASS, sets)
    assert [one.indicator.id for one in table.carrying] == ["1.1-90", "1.1-92"]
