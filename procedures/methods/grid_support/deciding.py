"""Whether a function is there: each of its marks surely holds, surely fails, or is in doubt. Pure.

What surely fails has failed, whatever else is in doubt; what is in doubt is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labctl.evidence import Figure, Present
from labctl.words import Words


@dataclass(frozen=True)
class Mark:
    """One mark of a function: whether it `holds` (None: its uncertainty does not tell), what is
    `doubtful` where it does not tell, and what was found, `told` in words."""

    holds: bool | None
    doubtful: str
    told: Words


@dataclass(frozen=True)
class Decision:
    """`present` where it is decided, else None, and then what is `missing`."""

    present: Present | None
    missing: tuple[str, ...]


def inside(found: Figure, low: float, high: float) -> bool | None:
    """Whether `found` lies surely within `low` to `high` in its unit; False where it lies surely
    outside, None where its interval reaches over an end."""
    if found.high < low or found.low > high:
        return False
    if found.low >= low and found.high <= high:
        return True
    return None


def both(*parts: bool | None) -> bool | None:
    """Whether all hold: False where one fails, None where one is in doubt and none fails."""
    if any(part is False for part in parts):
        return False
    return None if None in parts else True


def decided(marks: Sequence[Mark], shown_by: str) -> Decision:
    """What the marks say together; at least one."""
    whole = both(*(mark.holds for mark in marks))
    if whole is None:
        doubts = tuple(mark.doubtful for mark in marks if mark.holds is None)
        return Decision(None, doubts)
    return Decision(Present(whole, shown_by), ())
