"""How well a condition was held, from its log."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Held(NamedTuple):
    """A logged condition: time mean, extremes and standard deviation, in the log's unit."""

    mean: float
    low: float
    high: float
    scatter: float


def time_weights(time: Array) -> Array:
    """Share of the exposure that each reading stands for: half the way to each neighbour.

    `time` in s, ascending, shape (n,); the weights are dimensionless and sum to 1.
    """
    if len(time) == 1:
        return np.ones(1)
    gaps = np.diff(time)
    weights = (np.append(gaps, 0.0) + np.insert(gaps, 0, 0.0)) / 2
    total = float(time[-1] - time[0])
    return weights / total if total > 0 else np.full(len(time), 1.0 / len(time))


def held(time: Array, log: Array) -> Held:
    """Time-weighted mean and extremes of `log` over `time` in s."""
    weights = time_weights(time)
    mean = float(weights @ log)
    return Held(
        mean, float(log.min()), float(log.max()), float(np.sqrt(weights @ (log - mean) ** 2))
    )


def share_inside(time: Array, log: Array, low: float, high: float) -> tuple[float, float]:
    """Part of the exposure with `low` <= log <= `high`, and the longest single excursion.

    Both as parts (0..1) of the whole time in s.
    """
    return share_held(time, (log >= low) & (log <= high))


def share_held(time: Array, inside: NDArray[np.bool_]) -> tuple[float, float]:
    """Part of the exposure in which `inside` (shape (n,)) is true, and the longest time in which
    it is not, as parts (0..1) of the whole `time` in s."""
    weights = time_weights(time)
    if inside.all():
        return 1.0, 0.0
    longest = current = 0.0
    for weight, good in zip(weights, inside, strict=True):
        current = 0.0 if good else current + float(weight)
        longest = max(longest, current)
    return float(weights[inside].sum()), longest
