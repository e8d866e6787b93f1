"""Specific risk: how probable it is that a decision is wrong (JCGM 106:2012, 9.3).

What is known of the true value is a normal distribution in two halves: it has its median at the
estimate and leaves 2.5 % beyond each end of the 95 % interval, as the figure's own distribution
does. A PASS thus never carries more than 2.5 % a side, whatever the shape of the distribution.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from labctl.judging.estimates import NORMAL_95, Estimate
from labctl.judging.limits import Side
from labctl.judging.outcome import Outcome

ACCEPTING = (Outcome.PASS, Outcome.CONDITIONAL_PASS)
REJECTING = (Outcome.FAIL, Outcome.CONDITIONAL_FAIL)


def conformance(found: Estimate, sides: Sequence[Side]) -> float:
    """Probability (0..1) that the true value lies inside every side (JCGM 106, equation 11)."""
    upper = min((side.limit for side in sides if side.upper), default=math.inf)
    lower = max((side.limit for side in sides if not side.upper), default=-math.inf)
    return max(0.0, _below(found, upper, reached=True) - _below(found, lower, reached=False))


def specific_risk(outcome: Outcome, conforming: float | None) -> float | None:
    """Risk of the decision: 1 - p of an acceptance (consumer's), p of a rejection (producer's).

    None where nothing was decided, or `conforming` is not known.
    """
    if conforming is None:
        return None
    if outcome in ACCEPTING:
        return 1.0 - conforming
    return conforming if outcome in REJECTING else None


def _below(found: Estimate, limit: float, *, reached: bool) -> float:
    """Probability that the true value lies below `limit` in the row's unit.

    A value without doubt on that side lies at the estimate: `reached` says what it counts as there.
    """
    half = found.hi - found.y if limit > found.y else found.y - found.lo
    if limit == found.y:
        half = max(found.hi - found.y, found.y - found.lo)
    if half == 0.0:
        return float(limit > found.y or (reached and limit == found.y))
    return _normal((limit - found.y) / half * NORMAL_95)


def _normal(z: float) -> float:
    """Cumulative standard normal distribution."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))
