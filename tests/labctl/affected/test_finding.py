"""Items that rest on an instrument, judged again with its larger error."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from labctl.affected.enlarged import Enlargement, Stated
from labctl.affected.finding import (
    CHANGES,
    HOLDS,
    UNBUDGETED,
    UNDECIDED,
    UNKNOWN,
    UNREAD,
    Affected,
    Findings,
    Question,
    find,
)
from labctl.affected.judging import moved, widened
from labctl.affected.uses import Span
from labctl.agreement import default
from labctl.evidence import Contribution, Evidence, Figure, Range
from labctl.verdict import Outcome, judge
from tests.labctl.acceptance.real import real_run
from tests.labctl.fakelab import INDICATOR, FakeLab, fault
from tests.labctl.judged import criterion, figure, indicator

ALWAYS = Span(0.0)
READ = "SIM-7"
"""Serial number that the meter's readings name."""


def only(found: Findings) -> Affected:
    (item,) = found.items
    return item


def asked(
    runs: Path, enlargement: Enlargement | None = None, serial: str = READ, span: Span = ALWAYS
) -> Findings:
    return find(runs, Question(serial, span, enlargement))


def test_without_a_stated_error_nothing_is_proven(tmp_path: Path) -> None:
    run = real_run(tmp_path / "runs")
    item = only(asked(tmp_path / "runs"))
    assert (item.run, item.id, item.sample, item.was, item.now) == (
        run.run,
        "1.1-90",
        "R-1",
        Outcome.PASS,
        None,
    )
    assert not item.proven and item.why == UNKNOWN and item.uses[0].count == 5


@pytest.mark.parametrize(
    ("value", "offset", "now", "why"),
    [
        (120.0, 0.02, Outcome.PASS, HOLDS),
        (120.0, 200.0, Outcome.CONDITIONAL_PASS, CHANGES),
        (80.0, 0.02, Outcome.FAIL, HOLDS),
        (80.0, 200.0, Outcome.CONDITIONAL_FAIL, CHANGES),
    ],
)
def test_a_stated_error_is_judged(
    tmp_path: Path, value: float, offset: float, now: Outcome, why: str
) -> None:
    real_run(tmp_path / "runs", value)
    item = only(asked(tmp_path / "runs", Stated(offset=offset)))
    assert (item.now, item.why) == (now, why)
    assert item.proven == (why == HOLDS) and item.changed == (why == CHANGES)


def test_readings_outside_the_time_do_not_count(tmp_path: Path) -> None:
    real_run(tmp_path / "runs")
    use = only(asked(tmp_path / "runs")).uses[0]
    assert asked(tmp_path / "runs", span=Span(use.last + 1)).items == ()
    assert asked(tmp_path / "runs", span=Span(0.0, use.first - 1)).items == ()
    assert only(asked(tmp_path / "runs", span=Span(use.last))).uses[0].count == 1


def test_another_instrument_affects_nothing(tmp_path: Path) -> None:
    real_run(tmp_path / "runs")
    assert asked(tmp_path / "runs", serial="9999").items == ()


def test_one_that_was_on_the_bench_without_a_reading_is_told(tmp_path: Path) -> None:
    real_run(tmp_path / "runs")  # the bench identifies its meter as 4711
    item = only(asked(tmp_path / "runs", Stated(gain=1.0), serial="4711"))
    assert item.why == UNREAD and not item.proven and item.uses == ()
    assert asked(tmp_path / "runs", serial="4711", span=Span(9e9)).items == ()


def test_an_item_that_erred_decided_nothing(tmp_path: Path) -> None:
    lab = FakeLab(simulated=False, serial="4711", fault=fault())
    real_run(tmp_path / "runs", lab=lab)
    item = only(asked(tmp_path / "runs", serial="4711"))
    assert item.why == UNDECIDED and item.now is item.was is Outcome.INCOMPLETE


def test_a_reading_that_no_budget_names_proves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.labctl.acceptance.real.BUDGETED", "bench/contact")
    real_run(tmp_path / "runs")
    item = only(asked(tmp_path / "runs", Stated(gain=1e-3)))
    assert item.why == UNBUDGETED and item.now is None


def test_a_run_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    run = real_run(tmp_path / "runs")
    (run.path / "journal.db").write_bytes(b"no journal")
    found = asked(tmp_path / "runs")
    assert found.items == () and found.unreadable[0].startswith(run.run)


def test_lines_of_one_instrument_are_added_and_others_left() -> None:
    budget = (
        Contribution("f", "7/resistance/1 ohm", 0.2),
        Contribution("f", "7/resistance/1 ohm/drift", 0.1),
        Contribution("f", "77/resistance/1 ohm", 5.0),
        Contribution("g", "bench/contact", 1.0),
    )
    assert moved(budget, "7", 2.0) == {"f": pytest.approx(0.6)}
    assert moved(budget, "7", 0.0) == {}


def test_the_interval_grows_on_both_sides_and_the_estimate_stays() -> None:
    evidence = Evidence({"resistance": Figure(120.0, "ohm", 1.0, 118.0, 122.0)})
    wider = widened(evidence, {"resistance": 3.0})
    verdict = judge(INDICATOR, wider, default(), simulated=False)
    (row,) = verdict.rows
    assert (row.value, row.lo, row.hi) == (120.0, 115.0, 125.0)
    assert row.u == pytest.approx(math.sqrt(1 + 3))


def test_both_ends_of_a_range_grow() -> None:
    subject = indicator(criterion("covers", (2.0, 8.0)))
    evidence = Evidence({"efficiency": Range(figure(1.0, 0.2), figure(9.0, 0.2), between=(5.0,))})
    wider = widened(evidence, {"efficiency": 1.0})
    verdict = judge(subject, wider, default(), simulated=False)
    low, high = verdict.rows[0].ends
    assert (low.lo, low.hi) == pytest.approx((-0.2, 2.2))
    assert (high.lo, high.hi) == pytest.approx((7.8, 10.2))
