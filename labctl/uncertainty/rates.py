"""Rates of trials: exact binomial bounds, how many trials a limit takes, and dependent trials.

The number of trials is fixed before the first: a series that is stopped when it looks well has no
such bounds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from labctl.errors import Defect

SIDE = 0.025
"""Probability left beyond each bound."""


def clopper_pearson(events: int, trials: int) -> tuple[float, float]:
    """Bounds (0..1) of the rate of `events` in `trials` independent trials, 2.5 % a side.

    The exact bounds of C. Clopper and E. Pearson (Biometrika 26 (1934) 404). 0 in 72, 1 in 110 and
    3 in 173 stay below 5 %.
    """
    from scipy import special  # pyright: ignore[reportMissingTypeStubs]

    if not 0 <= events <= trials or trials < 1:
        raise Defect(f"{events} events in {trials} trials")
    left = trials - events
    low = float(special.betaincinv(events, left + 1, SIDE)) if events else 0.0
    high = float(special.betaincinv(events + 1, left, 1.0 - SIDE)) if left else 1.0
    return low, high


def trials_for(limit: float, events: int = 0) -> int:
    """Least number of trials in which `events` still show that a rate is at most `limit` (0..1).

    Without an event that is about 3.7 / `limit`: so many error-free bits show a bit error rate.
    """
    if not 0.0 < limit < 1.0:
        raise Defect(f"a rate of {limit:g} cannot be shown by trials")
    low, high = events, max(events + 1, math.ceil(-math.log(SIDE) / limit))
    while clopper_pearson(events, high)[1] > limit:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if middle > events and clopper_pearson(events, middle)[1] <= limit:
            high = middle
        else:
            low = middle
    return high


def in_blocks(bad: Sequence[bool], length: int) -> tuple[int, int]:
    """Dependent trials counted in blocks of `length`: (blocks with a bad trial, blocks).

    Trials of one block hang together (one start-up, one day, one packet), so that a block is one
    trial, and bad where any of its trials is. Of successes count the failures as bad. `Defect`
    where the trials do not fill the blocks, as blocks are fixed before.
    """
    if length < 1 or not bad or len(bad) % length:
        raise Defect(f"{len(bad)} trials are not whole blocks of {length}")
    blocks = [any(bad[start : start + length]) for start in range(0, len(bad), length)]
    return sum(blocks), len(blocks)
