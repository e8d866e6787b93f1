"""A real event of the grid as a shape that a grid simulator plays. Pure.

On 8 January 2021 the synchronous area of Continental Europe came apart. In its north-west the
frequency fell from 50.027 Hz to 49.734 Hz within 13.4 s (a counter in Germany, time-nuts mailing
list, quoted at engx.theiet.org "European Blackout - January 8th 2021"; 49.74 Hz within about 15 s:
ENTSO-E, 26 January 2021), and then stood at about 49.84 Hz. A recording second by second with a
fitting licence was not to be had: the shape goes straight between these points, and the time of its
way back to 49.84 Hz is our choice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drivers.roles.grid_simulator import GridEvent
from procedures.analysis.following import Following, following

Array = NDArray[np.float64]

POINTS = ((0.0, 50.027), (13.4, 49.734), (30.0, 49.84), (40.0, 49.84))
"""Seconds and Hz."""

STEP = 1.0
"""Seconds for which a frequency stands."""

DELAYS: Array = np.arange(0.0, 3.0, 0.05)
"""Delays in s of the answer that are tried."""


def shape() -> tuple[GridEvent, ...]:
    """The events of the shape, `STEP` s each, at nominal voltage."""
    seconds, hertz = (np.array(column) for column in zip(*POINTS, strict=True))
    begins = np.arange(0.0, seconds[-1], STEP)
    levels = np.interp(begins + 0.5 * STEP, seconds, hertz)
    return tuple(GridEvent(1.0, round(float(level), 3), 0.0, STEP) for level in levels)


def follows(time: Array, answer: Array, asked: Array) -> Following:
    """How `answer` in W at `time` in s from the begin follows what the droop `asked` for in W of
    each event, shape (events,).

    `ValueError` where it cannot be told.
    """
    begins = np.concatenate(([-1e9], STEP * np.arange(len(asked))))
    levels = np.concatenate(([0.0], asked))
    return following(time, answer, begins, levels, DELAYS)
