"""Specific risk: how probable it is that a decision is wrong (JCGM 106:2012, 9.3).

The true value is taken as normal around the estimate with the standard uncertainty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from labctl.judging.estimates import Estimate
from labctl.judging.limits import Side
from labctl.judging.outcome import Outcome

ACCEPTING = (Outcome.PASS, Outcome.CONDITIONAL_PASS)
REJECTING = (Outcome.FAIL, Outcome.CONDITIONAL_FAIL)


def conformance(found: Estimate, sides: Sequence[Side]) -> float:
    """Probability (0..1) that the true value lies inside every side (JCGM 106, equation 11)."""
    upper = min((side.limit for side in sides if side.upper), default=math.inf)
    lower = max((side.limit for side in sides if not side.upper), default=-math.inf)
    if found.spread == 0.0:
        return 1.0 if lower <= found.y <= upper else 0.0
    above, below = (upper - found.y) / found.spread, (lower - found.y) / found.spread
    return max(0.0, _normal(above) - _normal(below))


def specific_risk(outcome: Outcome, conforming: float) -> float | None:
    """Risk of the decision: 1 - p of an acceptance (consumer's), p of a rejection (producer's).

    None where nothing was decided.
    """
    if outcome in ACCEPTING:
        return 1.0 - conforming
    return conforming if outcome in REJECTING else None


def _normal(z: float) -> float:
    """Cumulative standard normal distribution."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))
