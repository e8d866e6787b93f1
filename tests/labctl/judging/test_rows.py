"""Every rule of a criterion on intervals, as the rules for verdicts state it."""

from __future__ import annotations

from typing import Any

import pytest

from labctl.agreement import Agreement, Tolerance
from labctl.evidence import Count, Figure, Present, Range
from labctl.indicator import Criterion
from labctl.judging.outcome import Outcome
from tests.labctl.judged import criterion, figure, row, span

P, CP, CF, F, N = (
    Outcome.PASS,
    Outcome.CONDITIONAL_PASS,
    Outcome.CONDITIONAL_FAIL,
    Outcome.FAIL,
    Outcome.INCOMPLETE,
)

ONE_SIDED: list[tuple[Any, float, float, Outcome]] = [
    # op, y, U, outcome at the limit 20
    ("<=", 18.0, 1.0, P),
    ("<=", 19.0, 1.0, P),
    ("<=", 19.5, 1.0, CP),
    ("<=", 20.0, 1.0, CP),
    ("<=", 20.5, 1.0, CF),
    ("<=", 21.0, 1.0, CF),
    ("<=", 21.5, 1.0, F),
    ("<=", 20.0, 0.0, P),
    ("<", 19.5, 1.0, CP),
    ("<", 20.0, 1.0, CF),
    ("<", 20.0, 0.0, CF),
    ("<", 19.0, 1.0, P),
    ("<", 21.5, 1.0, F),
    (">=", 22.0, 1.0, P),
    (">=", 21.0, 1.0, P),
    (">=", 20.5, 1.0, CP),
    (">=", 20.0, 1.0, CP),
    (">=", 19.5, 1.0, CF),
    (">=", 19.0, 1.0, CF),
    (">=", 18.5, 1.0, F),
    (">=", 20.0, 0.0, P),
    (">", 20.5, 1.0, CP),
    (">", 20.0, 1.0, CF),
    (">", 18.5, 1.0, F),
]


@pytest.mark.parametrize(("op", "y", "expanded", "outcome"), ONE_SIDED)
def test_one_sided(op: Any, y: float, expanded: float, outcome: Outcome) -> None:
    assert row(criterion(op, 20), figure(y, expanded)).outcome is outcome


WINDOWS: list[tuple[Criterion, float, float, Outcome]] = [
    (criterion("between", (10.0, 20.0)), 15.0, 1.0, P),
    (criterion("between", (10.0, 20.0)), 11.0, 1.0, P),
    (criterion("between", (10.0, 20.0)), 10.5, 1.0, CP),
    (criterion("between", (10.0, 20.0)), 19.5, 1.0, CP),
    (criterion("between", (10.0, 20.0)), 9.5, 1.0, CF),
    (criterion("between", (10.0, 20.0)), 20.5, 1.0, CF),
    (criterion("between", (10.0, 20.0)), 8.5, 1.0, F),
    (criterion("between", (10.0, 20.0)), 21.5, 1.0, F),
    (criterion("within", 2), -1.0, 0.5, P),
    (criterion("within", 2), -1.8, 0.5, CP),
    (criterion("within", 2), -2.2, 0.5, CF),
    (criterion("within", 2), -2.6, 0.5, F),
    (criterion("within", 2), 2.6, 0.5, F),
    (criterion("about", 100, tolerance=10.0), 95.0, 5.0, P),
    (criterion("about", 100, tolerance=10.0), 108.0, 5.0, CP),
    (criterion("about", 100, tolerance=10.0), 89.0, 5.0, CF),
    (criterion("about", 100, tolerance=10.0), 120.0, 5.0, F),
    (criterion("about", 100, tolerance=10.0, better="higher"), 300.0, 5.0, P),
    (criterion("about", 100, tolerance=10.0, better="higher"), 92.0, 5.0, CP),
    (criterion("about", 100, tolerance=10.0, better="higher"), 80.0, 5.0, F),
    (criterion("about", 100, tolerance=10.0, better="lower"), 3.0, 5.0, P),
    (criterion("about", 100, tolerance=10.0, better="lower"), 111.0, 5.0, CF),
    (criterion("==", 100), 100.0, 0.0, P),
    (criterion("==", 100), 99.9, 0.0, F),
    (criterion("==", 100), 100.0, 0.5, CP),
    (criterion("==", 100), 99.8, 0.5, CF),
    (criterion("==", 100), 99.0, 0.5, F),
]


@pytest.mark.parametrize(("rule", "y", "expanded", "outcome"), WINDOWS)
def test_windows(rule: Criterion, y: float, expanded: float, outcome: Outcome) -> None:
    assert row(rule, figure(y, expanded)).outcome is outcome


def test_an_interval_wider_than_its_window_is_not_capable() -> None:
    found = row(criterion("between", (10.0, 20.0)), figure(15.0, 6.0))
    assert found.outcome is CP
    assert found.reasons == ("not capable",)
    assert row(criterion("within", 2), figure(0.0, 2.0)).reasons == ()
    assert row(criterion(">=", 2), figure(9.0, 90.0)).reasons == ()


MAGNITUDES = [
    (10.0, 2.0, P),
    (-10.0, 2.0, P),
    (-24.0, 2.0, CP),
    (-26.0, 2.0, CF),
    (-30.0, 2.0, F),
    (30.0, 2.0, F),
]


@pytest.mark.parametrize("quantity", ["bow", "wafer_warp", "timing_error", "relative_spread"])
@pytest.mark.parametrize(("y", "expanded", "outcome"), MAGNITUDES)
def test_a_magnitude_is_judged_from_the_signed_figure(
    quantity: str, y: float, expanded: float, outcome: Outcome
) -> None:
    rule = criterion("<", 25, "um", quantity=quantity)
    assert row(rule, figure(y, expanded, "um")).outcome is outcome


def test_a_negative_temperature_is_no_magnitude() -> None:
    rule = criterion("<=", -90.0, "degC", quantity="brittleness_temperature")
    assert row(rule, figure(-96.0, 2.0, "degC")).outcome is P
    assert row(rule, figure(-78.0, 2.0, "degC")).outcome is F


COUNTS: list[tuple[Any, float, float, Outcome]] = [
    # op, sure, possible, outcome at the limit 5
    (">=", 5, 5, P),
    (">=", 5, 7, P),
    (">=", 4, 5, CF),
    (">=", 4, 4, F),
    (">", 5, 5, F),
    (">", 6, 6, P),
    (">", 5, 6, CF),
    ("<=", 5, 5, P),
    ("<=", 5, 6, CP),
    ("<=", 6, 6, F),
    ("<", 5, 5, F),
    ("<", 4, 5, CP),
    ("<", 4, 4, P),
    ("==", 5, 5, P),
    ("==", 4, 4, F),
    ("==", 4, 5, CF),
    ("==", 5, 6, CP),
]


@pytest.mark.parametrize(("op", "sure", "possible", "outcome"), COUNTS)
def test_counts(op: Any, sure: float, possible: float, outcome: Outcome) -> None:
    found = row(criterion(op, 5, "patent", quantity="patents"), Count(sure, possible, "patent"))
    assert found.outcome is outcome
    assert "not capable" not in found.reasons


def test_an_exact_figure_of_a_counted_unit_is_a_count() -> None:
    assert row(criterion(">", 5, "patent"), Figure(5.0, "patent")).outcome is F


def test_more_than_the_upper_figure_of_a_range_never_fails() -> None:
    found = row(criterion(">=", 3, "patent", upto=5.0), Count(9, 9, "patent"))
    assert (found.outcome, found.upto) == (P, 5.0)


@pytest.mark.parametrize(("there", "outcome"), [(True, P), (False, F)])
def test_abilities(there: bool, outcome: Outcome) -> None:
    found = row(criterion("present", unit=""), Present(there, "seen"))
    assert (found.outcome, found.value, found.unit, found.U) == (outcome, there, None, None)


def ends(low: float, high: float, expanded: float = 0.0, **more: Any) -> Range:
    return span(figure(low, expanded, "nm"), figure(high, expanded, "nm"), **more)


RANGES: list[tuple[Range, Outcome]] = [
    (ends(400, 600), P),
    (ends(390, 610, 10.0), P),
    (ends(395, 610, 10.0), CP),
    (ends(405, 610, 10.0), CF),
    (ends(390, 580, 10.0), F),
    (ends(420, 590, 15.0), F),
    (ends(390, 600, 10.0), CP),
]


@pytest.mark.parametrize(("found", "outcome"), RANGES)
def test_each_end_of_a_range_is_a_decision(found: Range, outcome: Outcome) -> None:
    rule = criterion("covers", (400.0, 600.0), "nm", quantity="wavelength")
    decided = row(rule, found)
    assert decided.outcome is outcome
    assert decided.value == (found.low.value, found.high.value)
    assert [end.op for end in decided.ends] == ["<=", ">="]


def test_a_working_range_is_reached_within_the_tolerance_of_its_stimulus() -> None:
    rule = criterion("covers", (-40.0, 60.0), "degC", quantity="operating_temperature")

    def reached(low: float, high: float, expanded: float, agreement: Agreement | None = None):
        found = span(figure(low, expanded, "degC"), figure(high, expanded, "degC"))
        return row(rule, found, agreement)

    assert reached(-38.5, 58.5, 0.4).outcome is P
    assert "within 2" in reached(-38.5, 58.5, 0.4).reason
    assert reached(-38.5, 58.5, 1.0).outcome is CP
    assert reached(-30.0, 60.0, 0.4).outcome is F
    tight = Agreement(tolerances={"operating_temperature": Tolerance(1.0, "K")})
    assert reached(-38.5, 58.5, 0.4, tight).outcome is F


@pytest.mark.parametrize(
    ("rule", "y", "outcome"),
    [
        ("non-binary", 20.5, CP),
        ("simple", 20.5, P),
        ("guarded", 20.5, F),
        ("non-binary", 19.5, CF),
        ("simple", 19.5, F),
        ("guarded", 19.5, F),
        ("non-binary", 21.0, P),
        ("simple", 21.0, P),
        ("guarded", 21.0, P),
    ],
)
def test_rules_beside_the_non_binary_one(rule: Any, y: float, outcome: Outcome) -> None:
    found = row(criterion(">=", 20), figure(y, 1.0), Agreement(rule=rule))
    assert found.outcome is outcome


def test_an_extrapolation_is_at_most_conditional() -> None:
    rule = criterion("<=", 20)
    for y, outcome in ((10.0, CP), (20.5, CF), (30.0, F)):
        found = row(rule, figure(y, 1.0, reasons=("extrapolated",)))
        assert (found.outcome, found.reasons) == (outcome, ("extrapolated",))
    marked = figure(10.0, 1.0, reasons=("extrapolated",))
    assert row(rule, marked, Agreement(rule="simple")).outcome is CP


def test_a_device_still_alive_is_censored() -> None:
    alive = ("censored",)
    life = criterion(">=", 10000, "cyc", quantity="cycles_to_end_of_life")
    assert row(life, Figure(10000.0, "cyc", reasons=alive)).outcome is P
    short = row(life, Figure(8000.0, "cyc", reasons=alive))
    assert short.outcome is N
    assert "run on" in short.reason
    assert short.risk is None
    upper = criterion("<=", 10000, "cyc")
    assert row(upper, Figure(8000.0, "cyc", reasons=alive)).outcome is N
    assert row(upper, Figure(12000.0, "cyc", reasons=alive)).outcome is F


def test_the_agreement_sets_the_tolerance_of_about() -> None:
    rule = criterion("about", 500, "mA*h/g", tolerance=25.0, better="higher")
    tight = Agreement(about={"9.9-99": Tolerance(5.0, "A*h/kg")})
    assert row(rule, figure(480.0, 1.0, "mA*h/g")).outcome is P
    found = row(rule, figure(480.0, 1.0, "mA*h/g"), tight)
    assert (found.outcome, found.tolerance) == (F, 5.0)
    share = Agreement(about={"9.9-99/efficiency": Tolerance(10.0, "%")})
    assert row(rule, figure(455.0, 1.0, "mA*h/g"), share).outcome is P
    odd = Agreement(about={"9.9-99": Tolerance(5.0, "V")})
    assert row(rule, figure(480.0, 1.0, "mA*h/g"), odd).outcome is N


def test_u_alone_spans_a_normal_interval() -> None:
    found = row(criterion(">=", 20), Figure(20.5, "%", 0.5))
    assert found.outcome is CP
    assert pytest.approx(0.98, abs=1e-3) == found.U
    assert found.k == pytest.approx(1.96, abs=1e-4)


def test_an_estimate_outside_its_interval_widens_it() -> None:
    found = row(criterion("<=", 20), Figure(20.5, "%", 0.5, 18.0, 19.0))
    assert found.outcome is CF


def test_units_are_converted() -> None:
    rule = criterion(">=", 20, "mW", quantity="power")
    found = row(rule, figure(0.0215, 0.001, "W"))
    assert (found.outcome, found.value, found.unit) == (P, 21.5, "mW")
    assert pytest.approx(1.0) == found.U
    within = criterion("within", 2, "K", quantity="temperature_deviation")
    assert row(within, figure(1.0, 0.5, "degC")).outcome is P
    hot = criterion(">=", 250, "degC", quantity="decomposition_temperature")
    assert row(hot, figure(530.0, 1.0, "K")).value == pytest.approx(256.85)


def test_the_row_says_what_was_decided() -> None:
    rule = criterion("<=", 20, key="mine", statistic="worst", over="zones")
    found = row(rule, figure(10.0, 1.0))
    assert (found.key, found.quantity, found.op, found.limit) == ("mine", "efficiency", "<=", 20.0)
    assert (found.u, found.U, found.k, found.lo, found.hi) == (0.5, 1.0, 2.0, 9.0, 11.0)
    assert (found.statistic, found.over) == ("worst", "zones")
