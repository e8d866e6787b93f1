"""Gaps: interruptions of a run, and what a procedure tolerates of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from labctl.i18n import N_
from labctl.words import Text, Words

LONGEST = N_("An exposure was interrupted for {gap} s at once, of which {most} s are tolerated.")
TOTAL = N_("An exposure was interrupted for {gap} s in all, of which {most} s are tolerated.")

INTERRUPTED = N_("Interrupted {count} times, for {total} s in all, which are no exposure.")


class Gap(NamedTuple):
    """An interruption of `seconds` that ended at run time `end` in s; `exposed`: in an exposure."""

    end: float
    seconds: float
    exposed: bool


def shift(gaps: Sequence[Gap], since: float, *, restored: bool) -> float:
    """Seconds by which the begin of an exposure moves that was last committed at run time `since`.

    A simulated device that was `restored` knows nothing of what was done and not committed, so
    only the gaps count. A real one does; what was done since is done again, and counts as well.
    """
    later = [gap for gap in gaps if gap.end > since]
    if restored:
        return math.fsum(gap.seconds for gap in later)
    return max((gap.end - since for gap in later), default=0.0)


def without(gaps: Iterable[Gap], t: float) -> float:
    """Run time `t` in s with the interruptions of exposures before it taken out."""
    return t - math.fsum(gap.seconds for gap in gaps if gap.exposed and gap.end <= t)


@dataclass(frozen=True)
class Gaps:
    """What a procedure tolerates: the `longest` gap and their `total` in an exposure, in s.

    After each the bench is given `settle` s before the exposure goes on. A procedure that says
    nothing tolerates none; between exposures a gap of any length does no harm.
    """

    longest: float = 0.0
    total: float = 0.0
    settle: float = 0.0


NONE = Gaps()
"""For what has not said what it tolerates."""

ANY = Gaps(math.inf, math.inf)
"""For what does not age, or is measured in a moment."""


def intolerable(gaps: Iterable[Gap], tolerated: Gaps) -> tuple[Words, ...]:
    """Why the gaps make a result invalid; () where they are tolerated."""
    lengths = [gap.seconds for gap in gaps if gap.exposed]
    longest, total = max(lengths, default=0.0), math.fsum(lengths)
    found: list[Words] = []
    if longest > tolerated.longest:
        found.append(_said(LONGEST, longest, tolerated.longest))
    if total > tolerated.total and total > longest:
        found.append(_said(TOTAL, total, tolerated.total))
    return tuple(found)


def told(gaps: Sequence[Gap]) -> tuple[Words, ...]:
    """What a report says of the gaps in exposures; () where there was none of any length."""
    lengths = [gap.seconds for gap in gaps if gap.exposed and gap.seconds > 0.0]
    if not lengths:
        return ()
    count, total = str(len(lengths)), f"{math.fsum(lengths):.6g}"
    return (Text(INTERRUPTED, {"count": count, "total": total}),)


def _said(template: str, gap: float, most: float) -> Text:
    return Text(template, {"gap": f"{gap:.6g}", "most": f"{most:.6g}"})
