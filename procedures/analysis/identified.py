"""Which gases are identified, by a table of what was offered and what it was named. Pure.

A gas is identified where it is named by at least the `share` of its own exposures, by at most the
rest of those of every other gas, and where at most the rest of the exposures to clean air are named
a gas. Each of these shares is one of independent trials, and is held to its bounds by Clopper and
Pearson, 2.5 % a side: a gas counts for sure where they show it, and is possible where none of them
shows the contrary.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from labctl.uncertainty.rates import clopper_pearson

AIR = 0
"""Row and column of clean air."""


class Decided(NamedTuple):
    """Of one gas: lower and upper bound of its `right` share, of the largest share of another gas
    that is taken for it (`wrong`), and whether it is identified for `sure`, or `possible`."""

    right: tuple[float, float]
    wrong: tuple[float, float]
    sure: bool
    possible: bool


def decided(counts: NDArray[np.int64], share: float) -> tuple[Decided, ...]:
    """What the table of `counts` (offered, named) shows of each gas, at a `share` of 0..1."""
    totals = [int(one) for one in counts.sum(axis=1)]
    false = clopper_pearson(totals[AIR] - int(counts[AIR, AIR]), totals[AIR])
    return tuple(_one(counts, totals, false, gas, share) for gas in range(1, len(totals)))


def _one(
    counts: NDArray[np.int64],
    totals: list[int],
    false: tuple[float, float],
    gas: int,
    share: float,
) -> Decided:
    right = clopper_pearson(int(counts[gas, gas]), totals[gas])
    others = [other for other in range(1, len(totals)) if other != gas]
    bounds = [clopper_pearson(int(counts[other, gas]), totals[other]) for other in others]
    wrong = max(low for low, _ in bounds), max(high for _, high in bounds)
    rest = 1.0 - share
    sure = right[0] >= share and max(wrong[1], false[1]) <= rest
    possible = right[1] >= share and max(wrong[0], false[0]) <= rest
    return Decided(right, wrong, sure, possible)
