"""A day's load, and the schedule that shaves its peak and fills its valley. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from drivers.roles.site_controller import ScheduleEntry

Array = NDArray[np.float64]

HOUR = 3600.0
DAY = 24.0 * HOUR

SHAVED, FILLED = 0.25, 0.3
"""Parts of the way from valley to peak by which the schedule lowers the peak and lifts the valley:
our choice."""


def schedule_of(loads: Sequence[float]) -> tuple[ScheduleEntry, ...]:
    """The schedule for `loads` in W at each full hour from 0 to 24.

    Within an hour the higher of its ends counts for what is shaved, the lower for what is filled.
    """
    load = np.array(loads)
    low, high = float(load.min()), float(load.max())
    cap = high - SHAVED * (high - low)
    floor = low + FILLED * (high - low)
    tops, bottoms = np.maximum(load[:-1], load[1:]), np.minimum(load[:-1], load[1:])
    power = np.where(tops > cap, tops - cap, np.where(bottoms < floor, bottoms - floor, 0.0))
    return tuple(
        ScheduleEntry(HOUR * hour, float(np.round(watts)))
        for hour, watts in enumerate(power.tolist())
    )
