"""Predictions of a row: the judge's own rule, put to readings around the true value."""

from __future__ import annotations

import math
from statistics import NormalDist

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.agreement import Agreement, Rule, default
from labctl.evidence import Contribution, Count, Figure, Present, Range, Result
from labctl.indicator import Criterion, Truth
from labctl.judging.estimates import CENSORED, NORMAL_95
from labctl.planning import predict
from labctl.planning.answers import Answer
from labctl.planning.document import RowPlan
from labctl.planning.predict import READINGS, Seen, row_plan

AT_LEAST = Criterion(quantity="resistance", op=">=", value=100.0, unit="ohm")


def figure(value: float, u: float, *marks: str) -> Figure:
    return Figure(value, "ohm", u, value - NORMAL_95 * u, value + NORMAL_95 * u, marks)


def plan(
    criterion: Criterion,
    expected: Truth,
    *results: Result,
    rule: Rule = "non-binary",
    budget: tuple[Contribution, ...] = (),
) -> RowPlan:
    by = predict.Rule("1.1-90", criterion, Agreement(rule=rule))
    return row_plan(by, expected, [Seen(by.row(one), one, budget) for one in results])


def test_u_stands_and_the_estimate_does_not() -> None:
    found = plan(AT_LEAST, 120.0, figure(99.0, 5.0), figure(140.0, 4.0))
    assert pytest.approx(NORMAL_95 * 5.0) == found.U
    assert found.U_low == pytest.approx(NORMAL_95 * 4.0)
    assert (found.expected, found.margin) == (120.0, 20.0)
    assert found.ratio == pytest.approx(20.0 / (NORMAL_95 * 5.0))
    assert found.outcomes == ("CONDITIONAL FAIL", "PASS")
    assert found.answer is Answer.ATTAINABLE


@given(st.floats(0.1, 10.0), st.floats(-3.0, 6.0))
def test_the_probability_is_that_of_a_normal_reading_beyond_the_guard_band(
    u: float, away: float
) -> None:
    expected = 100.0 + away * u
    found = plan(AT_LEAST, expected, figure(expected, u))
    assert found.p_pass == pytest.approx(NormalDist().cdf(away - NORMAL_95), abs=1.5 / READINGS)
    assert found.accept_low == pytest.approx(100.0 + NORMAL_95 * u)
    assert found.accept_high is None


def test_the_rule_of_the_agreement_decides() -> None:
    simple = plan(AT_LEAST, 102.0, figure(102.0, 1.0), rule="simple")
    guarded = plan(AT_LEAST, 102.0, figure(102.0, 1.0), rule="guarded")
    assert simple.accept_low == 100.0
    assert simple.p_pass == pytest.approx(NormalDist().cdf(2.0), abs=1.5 / READINGS)
    assert guarded.p_pass == pytest.approx(NormalDist().cdf(2.0 - NORMAL_95), abs=1.5 / READINGS)
    assert (simple.answer, guarded.answer) == (Answer.ATTAINABLE, Answer.AT_RISK)


def test_the_risk_is_that_of_the_decision_at_the_expected_value() -> None:
    found = plan(AT_LEAST, 103.0, figure(103.0, 1.0))
    assert found.risk == pytest.approx(NormalDist().cdf(-3.0))


def test_a_skewed_interval_keeps_its_shape() -> None:
    skewed = Figure(120.0, "ohm", 1.0, 119.0, 124.0)
    upper = Criterion(quantity="resistance", op="<", value=130.0, unit="ohm")
    assert plan(upper, 125.0, skewed).accept_high == pytest.approx(126.0)
    assert plan(AT_LEAST, 125.0, skewed).accept_low == pytest.approx(101.0)


def test_an_interval_that_ends_at_zero_has_an_end_there() -> None:
    upper = Criterion(quantity="resistance", op="<", value=5.0, unit="ohm")
    assert plan(upper, 1.0, Figure(-2.0, "ohm", 1.0, -4.0, 0.0)).accept_high == pytest.approx(3.0)


def test_a_window_that_is_narrower_than_the_interval_is_never_passed() -> None:
    window = Criterion(quantity="resistance", op="between", value=(99.0, 101.0), unit="ohm")
    found = plan(window, 100.0, figure(100.0, 1.0))
    assert (found.p_pass, found.answer) == (0.0, Answer.NOT_ATTAINABLE)
    assert "not capable" in found.reasons
    assert found.margin == 1.0


def test_an_extrapolated_figure_is_never_passed() -> None:
    found = plan(AT_LEAST, 200.0, figure(200.0, 1.0, "extrapolated"))
    assert found.answer is Answer.NOT_ATTAINABLE
    assert "extrapolated" in found.reasons


def test_a_larger_u_is_never_more_probable_to_pass() -> None:
    probable = [plan(AT_LEAST, 104.0, figure(104.0, u)).p_pass or 0.0 for u in (0.5, 1.0, 2.0, 4)]
    assert probable == sorted(probable, reverse=True)
    assert probable[0] > probable[-1]


def test_both_ends_of_a_range_must_conform() -> None:
    covers = Criterion(quantity="range", op="covers", value=(10.0, 20.0), unit="V")
    ends = Range(Figure(8.0, "V", 0.01), Figure(21.0, "V", 1.0), between=(15.0,))
    found = plan(covers, (8.0, 21.0), ends)
    low, high = found.ends
    assert (low.key, low.margin, low.p_pass) == ("low", 2.0, 1.0)
    assert (high.margin, high.answer) == (1.0, Answer.AT_RISK)
    assert found.p_pass == high.p_pass
    assert found.answer is Answer.AT_RISK


@pytest.mark.parametrize(
    ("criterion", "expected", "results", "p_pass"),
    [
        (Criterion(quantity="alarm", op="present"), True, (Present(True), Present(False)), 0.5),
        (
            Criterion(quantity="count", op=">=", value=3.0, unit="count"),
            3.0,
            (Count(3, 3, "count"), Count(2, 2, "count")),
            0.5,
        ),
        (AT_LEAST, 120.0, (figure(120.0, 1.0, CENSORED),), 1.0),
        (AT_LEAST, 120.0, (figure(120.0, 0.0),), 1.0),
    ],
)
def test_what_has_no_distribution_goes_by_the_rehearsals(
    criterion: Criterion, expected: Truth, results: tuple[Result, ...], p_pass: float
) -> None:
    assert plan(criterion, expected, *results).p_pass == p_pass


def test_a_row_without_a_usable_result_is_not_attainable_and_says_why() -> None:
    found = plan(AT_LEAST, 120.0, Figure(math.nan, "ohm", 1.0))
    assert found.answer is Answer.NOT_ATTAINABLE
    assert found.reasons == ("resistance: value is not a number (NaN)",)
    assert row_plan(predict.Rule("1.1-90", AT_LEAST, default()), 120.0, []).p_pass is None


def test_the_largest_sources_come_first_with_their_share_of_u_squared() -> None:
    lines = (
        Contribution("resistance", "small", 3.0),
        Contribution("resistance", "large", 4.0),
        Contribution("other", "foreign", 9.0),
    )
    found = plan(AT_LEAST, 120.0, figure(120.0, 5.0), budget=lines)
    assert [(part.source, part.share) for part in found.parts] == [("large", 0.64), ("small", 0.36)]


def test_a_plan_of_a_row_is_plain_data() -> None:
    found = plan(AT_LEAST, 120.0, figure(120.0, 1.0))
    assert msgspec.convert(msgspec.to_builtins(found), RowPlan) == found
