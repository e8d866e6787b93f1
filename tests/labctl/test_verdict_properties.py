"""What must be true of every decision, whatever the numbers."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from labctl.agreement import Agreement
from labctl.evidence import Figure
from labctl.indicator import Criterion
from labctl.judging.outcome import Outcome
from labctl.units import convert, convert_difference
from tests.labctl.judged import brisk, criterion, row

RANK = {
    Outcome.FAIL: 0,
    Outcome.CONDITIONAL_FAIL: 1,
    Outcome.CONDITIONAL_PASS: 2,
    Outcome.PASS: 3,
}
GOOD_SIDE = {">": 1, ">=": 1, "<": -1, "<=": -1}
numbers = st.integers(-4000, 4000).map(lambda n: n / 100)
widths = st.integers(0, 1000).map(lambda n: n / 100)
rules: Any = st.sampled_from(["non-binary", "simple", "guarded"])
one_sided: Any = st.sampled_from(sorted(GOOD_SIDE))


def skewed(y: float, below: float, above: float, unit: str = "W") -> Figure:
    """A figure whose ends are the decimals they print as, without binary noise."""
    return Figure(y, unit, (below + above) / 4, round(y - below, 9), round(y + above, 9))


@st.composite
def criteria(draw: st.DrawFn) -> Criterion:
    op: Any = draw(st.sampled_from(["<", "<=", ">", ">=", "==", "within", "between", "about"]))
    value = draw(numbers)
    if op == "between":
        return criterion(op, (value, value + draw(widths)), "W")
    if op == "about":
        better: Any = draw(st.sampled_from(["", "higher", "lower"]))
        return criterion(op, value, "W", tolerance=draw(widths), better=better)
    quantity = draw(st.sampled_from(["power", "power_difference"]))
    return criterion(op, abs(value) if op == "within" else value, "W", quantity=quantity)


def window(rule: Criterion) -> tuple[float, float]:
    """The values a criterion allows, written down independently of the code under test."""
    v: Any = rule.value
    tolerance = rule.tolerance or 0.0
    about = {
        "": (-tolerance, tolerance),
        "higher": (-tolerance, float("inf")),
        "lower": (float("-inf"), tolerance),
    }
    if rule.op == "between":
        return v
    if rule.op == "about":
        low, high = about[rule.better]
        return v + low, v + high
    if rule.op == "within" or (rule.quantity.endswith("difference") and rule.op in ("<", "<=")):
        return -v, v
    if rule.op == "==":
        return v, v
    return (v, float("inf")) if rule.op in (">", ">=") else (float("-inf"), v)


@brisk
@given(one_sided, rules, numbers, numbers, widths, widths, widths)
def test_moving_to_the_good_side_never_worsens(
    op: Any, rule: Any, limit: float, y: float, below: float, above: float, step: float
) -> None:
    subject, agreement = criterion(op, limit, "W"), Agreement(rule=rule)
    before = row(subject, skewed(y, below, above), agreement)
    moved = round(y + GOOD_SIDE[op] * step, 6)
    after = row(subject, skewed(moved, below, above), agreement)
    assert RANK[after.outcome] >= RANK[before.outcome]


@brisk
@given(numbers, widths, numbers, widths, widths)
def test_moving_to_the_middle_of_a_window_never_worsens(
    low: float, width: float, y: float, expanded: float, step: float
) -> None:
    subject = criterion("between", (low, low + width), "W")
    middle = low + width / 2
    nearer = middle + max(0.0, abs(y - middle) - step) * (1 if y > middle else -1)
    before = row(subject, skewed(y, expanded, expanded))
    after = row(subject, skewed(nearer, expanded, expanded))
    assume(abs(nearer - y) > 1e-9)
    assert RANK[after.outcome] >= RANK[before.outcome]


@brisk
@given(criteria(), numbers, widths, widths)
def test_a_pass_lies_wholly_inside(rule: Criterion, y: float, below: float, above: float) -> None:
    found = row(rule, skewed(y, below, above))
    low, high = window(rule)
    noise = 1e-9
    if found.outcome is Outcome.PASS:
        assert found.lo is not None
        assert found.hi is not None
        assert low - noise <= found.lo <= found.hi <= high + noise
    if found.outcome in (Outcome.PASS, Outcome.CONDITIONAL_PASS):
        assert low - noise <= y <= high + noise
    if found.outcome is Outcome.FAIL:
        assert y - below > high - noise or y + above < low + noise


@brisk
@given(criteria(), numbers, widths, widths)
def test_less_uncertainty_never_turns_an_acceptance_into_a_rejection(
    rule: Criterion, y: float, below: float, above: float
) -> None:
    wide = row(rule, skewed(y, below, above))
    narrow = row(rule, skewed(y, below / 2, above / 2))
    accepted = (Outcome.PASS, Outcome.CONDITIONAL_PASS)
    assert (wide.outcome in accepted) == (narrow.outcome in accepted)
    assert abs(RANK[narrow.outcome] - 1.5) >= abs(RANK[wide.outcome] - 1.5)


UNITS: Any = st.sampled_from(["kW", "mW", "uW", "J/h", "J/s", "hp", "V*A"])


@brisk
@given(criteria(), UNITS, numbers, widths, widths)
def test_the_unit_of_a_figure_never_changes_the_outcome(
    rule: Criterion, unit: str, y: float, below: float, above: float
) -> None:
    plain = skewed(y, below, above)
    ends = [convert(end, "W", unit) for end in (y, plain.low, plain.high)]
    other = Figure(ends[0], unit, convert_difference(plain.u, "W", unit), ends[1], ends[2])
    assert row(rule, other).outcome is row(rule, plain).outcome


@brisk
@given(one_sided, st.sampled_from(["K", "degF"]), numbers, numbers, widths)
def test_nor_does_the_zero_of_a_temperature(
    op: Any, unit: str, limit: float, y: float, expanded: float
) -> None:
    rule = criterion(op, limit, "degC", quantity="temperature")
    plain = skewed(y, expanded, expanded, "degC")
    low, middle, high = (convert(x, "degC", unit) for x in (plain.low, y, plain.high))
    gaps = [abs(end - limit) for end in (plain.low, y, plain.high)]
    assume(all(gap > 1e-9 for gap in gaps))
    other = Figure(middle, unit, convert_difference(plain.u, "degC", unit), low, high)
    assert row(rule, other).outcome is row(rule, plain).outcome
