"""From the rows of rehearsals to what a verdict will come to for a device of known true value.

The U of a rehearsal stands; its estimate does not, since it has the errors of the instruments that
were drawn for it. The decision is left to the judge, who is given readings around the true value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import cast

import msgspec

from labctl.agreement import Agreement
from labctl.evidence import Contribution, Figure, Range, Result
from labctl.indicator import Criterion, Truth
from labctl.judging.estimates import CENSORED
from labctl.judging.limits import Side
from labctl.judging.outcome import Outcome
from labctl.judging.record import RowVerdict
from labctl.judging.rows import decide_row, sides_of
from labctl.judging.tolerances import about_tolerance
from labctl.planning.answers import Answer, by_probability
from labctl.planning.document import Part, RowPlan

READINGS = 400
"""Equally probable readings that are given to the judge."""

LARGEST = 5
"""Sources of uncertainty that a row names."""

_LIKELY = tuple(NormalDist().inv_cdf((i + 0.5) / READINGS) for i in range(READINGS))


@dataclass(frozen=True)
class Seen:
    """A criterion as one rehearsal saw it: its row, its result, and the budget of the evidence."""

    row: RowVerdict
    result: Result | None = None
    budget: tuple[Contribution, ...] = ()


@dataclass(frozen=True)
class Rule:
    """How a criterion of an indicator is decided."""

    indicator: str
    criterion: Criterion
    agreement: Agreement

    def row(self, result: Result) -> RowVerdict:
        """What the judge says of `result`."""
        return decide_row(self.indicator, self.criterion, result, self.agreement)

    def sides(self) -> tuple[Side, ...]:
        """The limits of a row that takes one figure, in its unit."""
        about = self.criterion.op == "about"
        tolerance = about_tolerance(self.indicator, self.criterion, self.agreement) if about else 0
        return sides_of(self.criterion, tolerance)


def row_plan(rule: Rule, expected: Truth | None, seen: Sequence[Seen]) -> RowPlan:
    """The prediction for a criterion whose true value is `expected`, from one rehearsal or more."""
    if not seen:
        return _blank(rule.criterion, expected, Answer.NOT_ATTAINABLE)
    ends = [one for one in seen if len(one.row.ends) == 2]
    if len(ends) == len(seen) and isinstance(expected, tuple):
        return _range(rule, expected, seen)
    drawn = [one for one in seen if _is_drawn(one)]
    if len(drawn) == len(seen) and isinstance(expected, float):
        return _figure(rule, expected, drawn)
    return _by_outcomes(rule.criterion, expected, seen)


def _is_drawn(seen: Seen) -> bool:
    """Whether the figure has a distribution that can be moved to another estimate."""
    drawn = isinstance(seen.result, Figure) and CENSORED not in seen.result.reasons
    return drawn and (seen.row.u or 0.0) > 0.0


def _figure(rule: Rule, expected: float, seen: Sequence[Seen]) -> RowPlan:
    widest = max(seen, key=lambda one: one.row.U or 0.0)
    marks = cast("Figure", widest.result).reasons

    def decide(y: float) -> RowVerdict:
        return rule.row(_moved(widest.row, y, marks))

    p_pass = probability(lambda y: decide(y).outcome, expected, widest.row.u or 0.0)
    plan = _blank(rule.criterion, expected, by_probability(p_pass))
    at = decide(expected)
    return msgspec.structs.replace(
        _numbers(plan, widest.row, rule.sides(), expected, rule.agreement),
        U_low=min(one.row.U or 0.0 for one in seen),
        p_pass=p_pass,
        risk=at.risk,
        outcomes=tuple(str(one.row.outcome) for one in seen),
        reasons=() if plan.answer is Answer.ATTAINABLE else at.reasons,
        parts=parts_of(rule.criterion.row, widest.budget),
    )


def probability(decide: Callable[[float], Outcome], expected: float, u: float) -> float:
    """How probable a PASS is for readings around `expected` with standard uncertainty `u`."""
    passed = sum(decide(expected + u * z) is Outcome.PASS for z in _LIKELY)
    return passed / READINGS


def _range(rule: Rule, expected: tuple[float, float], seen: Sequence[Seen]) -> RowPlan:
    """A range: each end has a prediction of its own, and both must conform."""
    ends = tuple(_end(rule, expected, seen, which) for which in (0, 1))
    p_pass = (ends[0].p_pass or 0.0) * (ends[1].p_pass or 0.0)
    return msgspec.structs.replace(
        _blank(rule.criterion, expected, by_probability(p_pass)),
        p_pass=p_pass,
        outcomes=tuple(str(one.row.outcome) for one in seen),
        ends=ends,
    )


def _end(rule: Rule, expected: tuple[float, float], seen: Sequence[Seen], which: int) -> RowPlan:
    widest = max(seen, key=lambda one: one.row.ends[which].U or 0.0)
    end, other = widest.row.ends[which], widest.row.ends[1 - which]
    kept = cast("Range", widest.result)
    marks = (kept.low, kept.high)[which].reasons

    def decide(y: float) -> RowVerdict:
        moved = _moved(end, y, marks), _moved(other, expected[1 - which], ())
        low, high = moved if which == 0 else moved[::-1]
        row = rule.row(msgspec.structs.replace(kept, low=low, high=high))
        return row.ends[which] if row.ends else row

    point = expected[which]
    p_pass = probability(lambda y: decide(y).outcome, point, end.u or 0.0)
    plan = RowPlan(
        key=end.key,
        quantity=end.quantity,
        op=end.op,
        unit=end.unit,
        limit=end.limit,
        expected=point,
        answer=by_probability(p_pass),
        p_pass=p_pass,
        risk=decide(point).risk,
        U_low=min(one.row.ends[which].U or 0.0 for one in seen),
    )
    limit = cast("float", end.limit)
    return _numbers(plan, end, (Side(limit, upper=end.op == "<="),), point, rule.agreement)


def _by_outcomes(criterion: Criterion, expected: Truth | None, seen: Sequence[Seen]) -> RowPlan:
    """Abilities, counts, exact figures and devices that outlive the test: as they came out."""
    p_pass = sum(one.row.outcome is Outcome.PASS for one in seen) / len(seen)
    widest = max(seen, key=lambda one: one.row.U or 0.0).row
    failed = (one.row.reasons for one in seen if one.row.outcome is not Outcome.PASS)
    return msgspec.structs.replace(
        _blank(criterion, expected, by_probability(p_pass)),
        u=widest.u,
        U=widest.U,
        k=widest.k,
        p_pass=p_pass,
        outcomes=tuple(str(one.row.outcome) for one in seen),
        reasons=tuple(dict.fromkeys(reason for reasons in failed for reason in reasons)),
    )


def _blank(criterion: Criterion, expected: Truth | None, answer: Answer) -> RowPlan:
    return RowPlan(
        key=criterion.row,
        quantity=criterion.quantity,
        op=criterion.op,
        unit=criterion.unit or None,
        limit=criterion.value,
        expected=expected,
        answer=answer,
    )


def _numbers(
    plan: RowPlan, row: RowVerdict, sides: Sequence[Side], expected: float, agreement: Agreement
) -> RowPlan:
    """`plan` with U of `row` beside the room that `expected` has to `sides`."""
    upper = [side.limit for side in sides if side.upper]
    lower = [side.limit for side in sides if not side.upper]
    room = [limit - expected for limit in upper] + [expected - limit for limit in lower]
    margin = min(room)
    above, below = _gaps(row) if agreement.rule != "simple" else (0.0, 0.0)
    return msgspec.structs.replace(
        plan,
        u=row.u,
        U=row.U,
        k=row.k,
        margin=margin,
        ratio=margin / row.U if row.U else None,
        accept_low=max(lower) + below if lower else None,
        accept_high=min(upper) - above if upper else None,
    )


def _gaps(row: RowVerdict) -> tuple[float, float]:
    """How far the interval of `row` reaches above and below its estimate, in its unit."""
    y = cast("float", row.value)
    return (y if row.hi is None else row.hi) - y, y - (y if row.lo is None else row.lo)


def _moved(row: RowVerdict, y: float, marks: tuple[str, ...]) -> Figure:
    """The figure of `row` with the estimate `y` and an interval of the same shape."""
    above, below = _gaps(row)
    return Figure(y, row.unit or "", row.u or 0.0, y - below, y + above, marks)


def parts_of(key: str, budget: Sequence[Contribution]) -> tuple[Part, ...]:
    """The largest sources of u of the figure `key`, largest first."""
    own = [line for line in budget if line.figure == key]
    whole = sum(line.u**2 for line in own)
    largest = sorted(own, key=lambda line: -line.u)[:LARGEST]
    return tuple(Part(line.source, line.u, line.u**2 / whole if whole else 0.0) for line in largest)
