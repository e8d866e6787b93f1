"""How steeply a loss still grows with the dose at the end of an exposure. Pure.

What is not known of light and temperature changes a loss by as much as the loss still grows. A
part that has saturated does not grow any more, so the loss itself would tell too much.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

PART = 0.5
"""The last part of the exposure, through which the line is laid."""

LEAST = 2
"""Readings that a line needs."""


def growth_percent(share: Array, power: Array, start: float) -> float:
    """Growth of the relative loss at the end of an exposure, in % per unit of ln(dose).

    `power` in W was read when the `share` (0..1, shape (n,)) of the exposure was over; `start` in
    W is the power before it. A straight line through the readings of the last half: right for a
    loss whose fast part has saturated by then, an upper bound for one that still saturates. One
    reading of the last half has no slope: then it is the whole loss at the last reading, which
    bounds the growth of every loss that does not speed up. ValueError without readings.
    """
    if not len(power):
        raise ValueError("no reading tells how a loss grows")
    late = share >= PART * (1.0 - 1e-9)
    if np.count_nonzero(late) < LEAST:
        return 100.0 * abs(start - float(power[-1])) / start
    slope = np.polynomial.polynomial.polyfit(share[late], power[late], 1)[1]
    return -100.0 * float(slope) / start
