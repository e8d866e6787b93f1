"""When a marker on an oscilloscope's channel goes up. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

HIGH = 2.5
"""Volts between the levels 0 V and 5 V of a logic output."""


def rising_edges(time: Array, level: Array, high: float = HIGH) -> Array:
    """Times at which `level` (n,) passes `high` upwards, by the line through its neighbours.

    In the unit of `time`, ascending; empty where it never does. A record that begins high has no
    edge there.
    """
    up = np.flatnonzero((level[:-1] < high) & (level[1:] >= high))
    part = (high - level[up]) / (level[up + 1] - level[up])
    return time[up] + part * (time[up + 1] - time[up])
