"""Where more draws could change a decision: a limit near an end of the interval."""

from __future__ import annotations

from labctl.judging.limittext import limits_of
from labctl.judging.record import RowVerdict

NEAR = 0.1
"""Distance of a limit from an end of the interval, in u, within which more draws are made."""


def near(row: RowVerdict) -> bool:
    """Whether a limit of `row` lies within 0.1 u of an end of its interval, where the error of a
    Monte Carlo may decide."""
    if not row.u or row.lo is None or row.hi is None:
        return False
    ends = (row.lo, row.hi)
    return any(abs(end - limit) <= NEAR * row.u for end in ends for limit in limits_of(row))
