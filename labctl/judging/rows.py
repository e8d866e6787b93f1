"""The decision on one criterion row.

Every rule of the map's format as limits on an estimate: `<` and its kin are one side; `within`,
`between`, `about` and `==` are windows of two; a magnitude is judged against +-limit; `covers` is
one decision at each end; `present` is a truth.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from labctl.agreement import Agreement
from labctl.errors import UnitError
from labctl.evidence import Count, Figure, Present, Range, Rate, Result
from labctl.indicator import Criterion
from labctl.judging.estimates import Estimate, estimate, is_magnitude
from labctl.judging.limits import Side
from labctl.judging.outcome import Outcome
from labctl.judging.ranges import decide_range
from labctl.judging.rates import is_rate, rate_estimates
from labctl.judging.record import RowVerdict
from labctl.judging.rowparts import blank, decided
from labctl.judging.tolerances import about_tolerance
from labctl.judging.usable import Unusable
from labctl.units import trimmed

Sides = tuple[Side, ...]


def decide_row(
    indicator: str, criterion: Criterion, result: Result | None, agreement: Agreement
) -> RowVerdict:
    """The row's verdict; INCOMPLETE with a reason where the result is missing or unusable."""
    try:
        if result is None:
            raise Unusable("no result")
        return _by_rule(indicator, criterion, result, agreement)
    except (Unusable, UnitError) as error:
        return blank(criterion, Outcome.INCOMPLETE, f"{criterion.row}: {error}")


def sides_of(criterion: Criterion, tolerance: float = 0.0) -> Sides:
    """The limits of a row that takes one figure, in its unit; `tolerance` is that of `about`."""
    return _SIDES[criterion.op](criterion, tolerance)


def _by_rule(
    indicator: str, criterion: Criterion, result: Result, agreement: Agreement
) -> RowVerdict:
    if criterion.op == "present":
        return _present(criterion, result)
    if criterion.op == "covers":
        if not isinstance(result, Range):
            raise Unusable(f"expected a range, got {_kind(result)}")
        return decide_range(indicator, criterion, result, agreement)
    if isinstance(result, Rate):
        return _rate(indicator, criterion, result, agreement)
    if is_rate(criterion):
        raise Unusable(f"expected a rate with its trials, got {_kind(result)}")
    if not isinstance(result, Figure | Count):
        raise Unusable(f"expected a figure or a count, got {_kind(result)}")
    return _numeric(indicator, criterion, estimate(result, criterion), agreement)


def _present(criterion: Criterion, result: Result) -> RowVerdict:
    if not isinstance(result, Present):
        raise Unusable(f"expected an ability shown or not shown, got {_kind(result)}")
    there = _truth(result.there)
    reasons = (result.shown_by,) if result.shown_by else ()
    row = blank(criterion, Outcome.PASS if there else Outcome.FAIL, *reasons)
    return msgspec.structs.replace(row, value=there)


TWO_SIDED = ("between", "about", "within")
"""Rules under which what fails at the best and at the worst may pass in the middle."""


def _rate(indicator: str, criterion: Criterion, rate: Rate, agreement: Agreement) -> RowVerdict:
    """Trials that are left can only keep what is open open: FAIL may come early, PASS may not."""
    rows = [
        _numeric(indicator, criterion, found, agreement)
        for found in rate_estimates(rate, criterion)
    ]
    lost = criterion.op not in TWO_SIDED and all(row.outcome is Outcome.FAIL for row in rows)
    if len(rows) == 1 or lost:
        return rows[0]
    raise Unusable(f"{rate.trials} of {rate.planned} trials were made")


def _numeric(
    indicator: str, criterion: Criterion, found: Estimate, agreement: Agreement
) -> RowVerdict:
    about = criterion.op == "about"
    tolerance = about_tolerance(indicator, criterion, agreement) if about else None
    sides = sides_of(criterion, tolerance or 0.0)
    against = is_magnitude(criterion) and found.lo < 0
    reasons = (f"a magnitude, judged against ±{criterion.number:g}",) if against else ()
    return decided(criterion, found, sides, agreement.rule, reasons=reasons, tolerance=tolerance)


def _upper(criterion: Criterion, strict: bool) -> Sides:
    upper = Side(criterion.number, upper=True, strict=strict)
    if not is_magnitude(criterion):
        return (upper,)
    return (upper, Side(-criterion.number, upper=False, strict=strict))


def _lower(criterion: Criterion, strict: bool) -> Sides:
    return (Side(criterion.number, upper=False, strict=strict),)


def _window(low: float, high: float) -> Sides:
    return (Side(low, upper=False), Side(high, upper=True))


def _about(criterion: Criterion, tolerance: float) -> Sides:
    point = criterion.number
    low, high = _window(trimmed(point - tolerance), trimmed(point + tolerance))
    return {"": (low, high), "higher": (low,), "lower": (high,)}[criterion.better]


_SIDES: dict[str, Callable[[Criterion, float], Sides]] = {
    "<": lambda row, _: _upper(row, strict=True),
    "<=": lambda row, _: _upper(row, strict=False),
    ">": lambda row, _: _lower(row, strict=True),
    ">=": lambda row, _: _lower(row, strict=False),
    "==": lambda row, _: _window(row.number, row.number),
    "within": lambda row, _: _window(-row.number, row.number),
    "between": lambda row, _: _window(*row.window),
    "about": _about,
}


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unusable(f"expected true or false, got {_kind(value)}")
    return value


def _kind(result: object) -> str:
    return type(result).__name__.lower()
