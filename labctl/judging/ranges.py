"""`covers`: each end of a range is a one-sided decision of its own.

The low end must reach down to the low value, the high end up to the high one. An end at a physical
bound has no guard band. Of a working range (`operating_...`, `working_...`) it is enough that the
stimulus reached the end within its tolerance. Points between the ends are tested, and all hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from labctl.agreement import Agreement
from labctl.evidence import Figure, Range
from labctl.indicator import Condition, Criterion
from labctl.judging.between import failed_within
from labctl.judging.estimates import Estimate, estimate
from labctl.judging.limits import Side
from labctl.judging.outcome import Outcome, worst
from labctl.judging.record import RowVerdict
from labctl.judging.risk import ACCEPTING, specific_risk
from labctl.judging.rowparts import blank, decided
from labctl.judging.tolerances import tolerance_at
from labctl.judging.usable import Unusable
from labctl.units import trimmed

WORKING = re.compile(r"^(operating|working)_")
"""Names of ranges that the test sets and under which the device must work."""

PHYSICAL = {"%": (0.0, 100.0), "dimensionless": (0.0, 1.0)}
"""Physical bounds by unit: of a share both ends, of anything else 0 alone."""


def decide_range(
    indicator: str, criterion: Criterion, found: Range, agreement: Agreement
) -> RowVerdict:
    """The row's verdict over both ends; `Unusable` or `UnitError` where the range does not fit."""
    bottom, top = criterion.window
    low = _end("low end", found.low, criterion, bottom if found.low_physical else None)
    high = _end("high end", found.high, criterion, top if found.high_physical else None)
    if low.y > high.y:
        raise Unusable(f"the range is reversed: {low.y:g} to {high.y:g} {criterion.unit}")
    failed = failed_within(criterion, found)
    slack = [_slack(indicator, criterion, point, agreement) for point in (bottom, top)]
    sides = (
        Side(trimmed(bottom + slack[0]), upper=True),
        Side(trimmed(top - slack[1]), upper=False),
    )
    ends = (
        _decided("low", low, criterion, sides[0], agreement),
        _decided("high", high, criterion, sides[1], agreement),
    )
    held = Outcome.FAIL if failed else Outcome.PASS
    return _whole(criterion, (low.y, high.y), ends, held, (*_reached(slack), *_not_held(failed)))


def _decided(
    key: str, end: Estimate, criterion: Criterion, side: Side, agreement: Agreement
) -> RowVerdict:
    row = decided(criterion, end, [side], agreement.rule)
    op = "<=" if side.upper else ">="
    return msgspec.structs.replace(row, key=key, op=op, limit=side.limit)


def _end(name: str, figure: Figure, criterion: Criterion, bound: float | None) -> Estimate:
    """The end `name`; without uncertainty where its limit is the physical `bound`."""
    try:
        found = estimate(figure, criterion)
    except Unusable as error:
        raise Unusable(f"{name}: {error}") from error
    if bound is None:
        return found
    if bound not in PHYSICAL.get(criterion.unit, (0.0,)):
        raise Unusable(f"{name}: {bound:g} {criterion.unit} is no physical bound")
    return found.sharp()


def _slack(indicator: str, criterion: Criterion, point: float, agreement: Agreement) -> float:
    """How far before the end the stimulus may stop: nothing unless it is a working range."""
    if not WORKING.search(criterion.quantity):
        return 0.0
    stimulus = Condition(quantity=criterion.quantity, value=point, unit=criterion.unit)
    return tolerance_at(indicator, stimulus, point, agreement) or 0.0


def _reached(slack: Sequence[float]) -> tuple[str, ...]:
    if not any(slack):
        return ()
    return (f"a working range: an end counts as reached within {max(slack):g}",)


def _not_held(failed: Sequence[float]) -> tuple[str, ...]:
    return (f"did not hold at {', '.join(f'{point:g}' for point in failed)}",) if failed else ()


def _whole(
    criterion: Criterion,
    value: tuple[float, float],
    ends: tuple[RowVerdict, ...],
    held: Outcome,
    reasons: tuple[str, ...],
) -> RowVerdict:
    """The row over both `ends` and the points between, which `held` or not."""
    marks = [f"{end.key} end: {reason}" for end in ends for reason in end.reasons]
    outcome = worst([held, *(end.outcome for end in ends)])
    row = blank(criterion, outcome, *marks, *reasons)
    # That a tested point did not hold is a decision of its own, without a figure behind it.
    risk = _risk(outcome, ends) if held is Outcome.PASS else None
    return msgspec.structs.replace(row, value=value, risk=risk, ends=ends)


def _risk(outcome: Outcome, ends: Sequence[RowVerdict]) -> float | None:
    """Risk over both ends, taken as independent: both must conform."""
    conforming = 1.0
    for end in ends:
        if end.risk is None:
            return None
        conforming *= 1.0 - end.risk if end.outcome in ACCEPTING else end.risk
    return specific_risk(outcome, conforming)
