"""Precision of a method as one signed figure: the error that 95 % of readings do not pass. Pure.

The mean error and 1.96 standard deviations to its side: 95 % of normal errors lie within, since
the other end is nearer to 0. The larger magnitude is judged from the signed figure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labctl.uncertainty import Draws, MonteCarlo

Array = NDArray[np.float64]

COVERAGE = 1.96
"""Standard deviations on either side that hold 95 % of normal errors."""


@dataclass(frozen=True)
class Spread:
    """Standard deviation `value` of errors and its standard uncertainty `u`, in their unit."""

    value: float
    u: float


def spread_of(errors: Array, readings: float | None = None) -> Spread:
    """The standard deviation of `errors`, shape (n,), with its u by their own kurtosis.

    `readings` is how many independent ones they are worth; all, where none is said. Variance of a
    sample's variance: JCGM 100, E.4.3, with the excess that normal errors do not have.
    """
    n = len(errors) if readings is None else readings
    centred = errors - errors.mean()
    variance = float(centred @ centred) / (len(errors) - 1)
    fourth = float(np.mean(centred**4)) / variance**2
    value = variance**0.5
    return Spread(value, 0.5 * value * max((fourth - 1.0) / n, 0.0) ** 0.5)


def signed_end(mean: Draws, deviation: Draws) -> Draws:
    """The end of mean -+ 1.96 `deviation` with the larger magnitude, by the side of row 0."""
    side = 1.0 if mean.ravel()[0] >= 0.0 else -1.0
    return mean + side * COVERAGE * deviation


def drawn_spread(mc: MonteCarlo, name: str, spread: Spread) -> Draws:
    """Draws of a standard deviation, never below 0, shape (draws + 1, 1)."""
    return np.maximum(spread.value + spread.u * mc.normal(name, "number of readings"), 0.0)
