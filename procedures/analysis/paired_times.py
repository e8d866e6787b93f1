"""Ratios of run times of programs that take turns on one machine: order, link, median, answers.

Programs are timed in blocks: each answers the same queries once in a block. What the machine does
over a block's time meets all of them, so each block gives one paired ratio; the median over blocks
is the figure (METHODS: median of repeats, paired ratio). Blocks spoilt by a burst of other load are
left in: a median bears them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray
from scipy import special

Numbers = NDArray[np.float64]

TIMES = 2.0
"""A time is resolved where what is read is at least so many times the link's share of it."""

FAR = 3.0
"""Robust standard deviations beyond which a block counts as disturbed."""

NORMAL_MAD = 1.4826
"""Standard deviation of a normal distribution over its median absolute deviation."""


def orders(programs: int, rounds: int, seed: int) -> list[tuple[int, ...]]:
    """In which order `programs` take turns, block by block: `rounds` times every order there is.

    Each order is followed by its mirror image (ABC, CBA), so that a machine that grows slower or
    quicker evenly does the same to all; which pair comes when is random by `seed`.
    """
    pairs = [one for one in permutations(range(programs)) if one < one[::-1]]
    rng = np.random.default_rng([seed & (2**63 - 1), programs])
    found = list[tuple[int, ...]]()
    for _ in range(rounds):
        for which in rng.permutation(len(pairs)):
            one = pairs[int(which)]
            found += [one, one[::-1]] if rng.random() < 0.5 else [one[::-1], one]
    return found


@dataclass(frozen=True)
class RoundTrip:
    """The link's part of a line's time: `seconds`, known to +-`half`, both in s."""

    seconds: float
    half: float


def round_trip(nulls: Sequence[float]) -> RoundTrip:
    """The median of times in s of requests that need no work, and half their interquartile range:
    no line's share is known better than it scatters."""
    low, middle, high = np.quantile(np.asarray(nulls), (0.25, 0.5, 0.75))
    return RoundTrip(float(middle), float(high - low) / 2.0)


def is_resolved(elapsed: Sequence[float], link: RoundTrip) -> bool:
    """Whether every time in s is so long that what is subtracted is less than what is left."""
    return min(elapsed) >= TIMES * (link.seconds + link.half)


def paired_ratios(
    slow: Sequence[float], quick: Sequence[float], slow_link: Numbers, quick_link: Numbers
) -> Numbers:
    """Times of `slow` over those of `quick` (s, one a block each), less what the link takes of each
    (s, shape (draws, 1)); shape (draws, blocks)."""
    return (np.asarray(slow) - slow_link) / (np.asarray(quick) - quick_link)


def median_at(values: Numbers, normal: Numbers) -> Numbers:
    """The population median that `values` (draws, n) tell at standard `normal` draws (draws, 1).

    By order statistics, whatever the distribution is: the median lies below the j-th smallest of n
    with the probability that a binomial count of n and 1/2 is less than j (David and Nagaraja,
    Order Statistics, 2003, 7.1); in between it is read on a line. At 0 it is the sample's median.
    """
    n = values.shape[-1]
    ordered = np.sort(values, axis=-1)
    knots = special.bdtr(np.arange(n, dtype=np.float64), n, 0.5)
    place = np.interp(special.ndtr(normal[:, 0]), knots, np.arange(n, dtype=np.float64))
    below = np.minimum(place.astype(np.int64), n - 2)
    rows = np.arange(len(ordered))
    low, high = ordered[rows, below], ordered[rows, below + 1]
    return (low + (place - below) * (high - low))[:, None]


def disturbed(ratios: Numbers) -> int:
    """How many of `ratios` (one a block) lie far from the others: some program met other load."""
    logs = np.log(ratios)
    away = np.abs(logs - np.median(logs))
    return int((away > FAR * NORMAL_MAD * np.median(away)).sum())


def chance_of_worse(mine: Sequence[bool], other: Sequence[bool]) -> float:
    """How probable it is, were both as good, that `mine` loses so many of the queries on which just
    one of both is right (exact sign test, McNemar)."""
    one, two = np.asarray(mine), np.asarray(other)
    worse, better = int((two & ~one).sum()), int((one & ~two).sum())
    if not worse:
        return 1.0
    return float(special.bdtrc(worse - 1, worse + better, 0.5))
