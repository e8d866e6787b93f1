"""Row verdicts made from a criterion, with or without an estimate."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.agreement import Rule
from labctl.indicator import Criterion
from labctl.judging.estimates import Estimate
from labctl.judging.limits import Side, decide, incapable
from labctl.judging.marks import NOT_CAPABLE, capped, censored_reason
from labctl.judging.outcome import Outcome
from labctl.judging.record import RowVerdict
from labctl.judging.risk import conformance, specific_risk


def blank(criterion: Criterion, outcome: Outcome, *reasons: str) -> RowVerdict:
    """A row without numbers."""
    return RowVerdict(
        key=criterion.row,
        quantity=criterion.quantity,
        outcome=outcome,
        op=criterion.op,
        limit=criterion.value,
        unit=criterion.unit or None,
        upto=criterion.upto,
        tolerance=criterion.tolerance,
        better=criterion.better,
        statistic=criterion.statistic,
        over=criterion.over,
        reasons=reasons,
    )


def _conforming(found: Estimate, sides: Sequence[Side]) -> float | None:
    """Probability that the true value conforms; None of a count whose members are undecided.

    Nobody has said how probable each member is: what is sure is that a whole range conforms, or
    that none of it does.
    """
    if not found.counted or found.exact:
        return conformance(found, sides)
    known = {Outcome.PASS: 1.0, Outcome.FAIL: 0.0}
    return known.get(decide(found, sides, "non-binary"))


def decided(
    criterion: Criterion,
    found: Estimate,
    sides: Sequence[Side],
    rule: Rule,
    *,
    reasons: tuple[str, ...] = (),
    tolerance: float | None = None,
) -> RowVerdict:
    """A row decided from an estimate against its sides; `reasons` are added to its own."""
    marks = (*found.marks, NOT_CAPABLE) if incapable(found, sides) else found.marks
    marks = tuple(dict.fromkeys(marks))
    outcome = capped(decide(found, sides, rule), marks)
    return RowVerdict(
        key=criterion.row,
        quantity=criterion.quantity,
        outcome=outcome,
        op=criterion.op,
        limit=criterion.value,
        unit=criterion.unit,
        value=found.y,
        u=found.u,
        U=found.expanded,
        k=found.expanded / found.u if found.u > 0 else None,
        lo=found.lo,
        hi=found.hi,
        risk=specific_risk(outcome, _conforming(found, sides)),
        upto=criterion.upto,
        tolerance=tolerance,
        better=criterion.better,
        statistic=criterion.statistic,
        over=criterion.over,
        reasons=(*marks, *censored_reason(outcome, marks), *reasons),
    )
