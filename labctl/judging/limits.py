"""One-sided decisions on an interval, and windows as two of them.

ILAC-G8:09/2019, non-binary statement with guard band w = U, written on the 95 % interval
[lo, hi] of the estimate y. For an upper limit T: PASS hi <= T; CONDITIONAL PASS y <= T < hi;
CONDITIONAL FAIL lo <= T < y; FAIL T < lo. y = T under a strict limit is CONDITIONAL FAIL, and
FAIL for an exact count. A lower limit is the mirror image.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labctl.agreement import Rule
from labctl.judging.estimates import CENSORED, Estimate
from labctl.judging.outcome import Outcome, worst


@dataclass(frozen=True)
class Side:
    """One limit: `upper` or lower, `strict` or reached by equality, in the row's unit."""

    limit: float
    upper: bool
    strict: bool = False


BINARY: dict[Rule, frozenset[Outcome]] = {
    "simple": frozenset({Outcome.PASS, Outcome.CONDITIONAL_PASS}),
    "guarded": frozenset({Outcome.PASS}),
}
"""Which non-binary outcomes a binary rule accepts: simple acceptance, or guarded by w = U."""


def decide(found: Estimate, sides: Sequence[Side], rule: Rule) -> Outcome:
    """The outcome over all sides by the rule."""
    if CENSORED in found.marks:
        return _censored(found, sides)
    outcome = worst(_one_sided(found, side) for side in sides)
    if rule == "non-binary":
        return outcome
    return Outcome.PASS if outcome in BINARY[rule] else Outcome.FAIL


def incapable(found: Estimate, sides: Sequence[Side]) -> bool:
    """Whether the interval is wider than the window: no value of y could PASS."""
    upper = [side.limit for side in sides if side.upper]
    lower = [side.limit for side in sides if not side.upper]
    if not upper or not lower or found.counted:
        return False
    return found.hi - found.lo > min(upper) - max(lower)


def _one_sided(found: Estimate, side: Side) -> Outcome:
    sign = 1.0 if side.upper else -1.0
    limit, y = sign * side.limit, sign * found.y
    near, far = sorted((sign * found.lo, sign * found.hi))
    if found.counted and side.strict:
        return _strict_count(y, near, far, limit)
    if y > limit or (side.strict and y == limit):
        return Outcome.FAIL if limit < near else Outcome.CONDITIONAL_FAIL
    return Outcome.PASS if far <= limit else Outcome.CONDITIONAL_PASS


def _strict_count(y: float, near: float, far: float, limit: float) -> Outcome:
    """Counts have no doubt at equality: what only reaches a strict limit does not hold."""
    if far < limit:
        return Outcome.PASS
    if near >= limit:
        return Outcome.FAIL
    return Outcome.CONDITIONAL_PASS if y < limit else Outcome.CONDITIONAL_FAIL


def _censored(found: Estimate, sides: Sequence[Side]) -> Outcome:
    """A device still alive: the true value is `lo` or more, without an upper end."""
    if any(side.upper and found.lo > side.limit for side in sides):
        return Outcome.FAIL
    reached = all(
        not side.upper and (found.lo > side.limit or (found.lo == side.limit and not side.strict))
        for side in sides
    )
    return Outcome.PASS if reached else Outcome.INCOMPLETE
