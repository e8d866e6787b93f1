"""First crossing of a level and widths between crossings, without the bias of noise.

The first reading beyond a level comes too early, the more readings there are. The crossing of a
course that passes the level once is where as many readings before it lie beyond the level as after
it lie short of it; a straight line through its neighbourhood then reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from labctl.errors import Defect
from labctl.uncertainty.memory import Scatter, scatter_of
from labctl.uncertainty.shapes import Draws


@dataclass(frozen=True)
class Crossing:
    """Where a course crosses a level, in the unit of its time or place, with its scatter.

    `weights` (shape (n,)) times the readings give the height of the line there, and `per_height`
    how far the crossing moves per height: with them common errors are propagated.
    """

    at: float
    scatter: Scatter
    weights: Draws
    per_height: float


def first_crossing(
    time: ArrayLike, series: ArrayLike, level: float, window: int
) -> Crossing | None:
    """Where `series` (shape (n,), ascending in `time`) passes `level`; None where it does not.

    The line is laid through `window` readings (8 or more) around the crossing. A series that begins
    short of the level and ends beyond it, or the reverse, in the mean of its first and last
    `window` readings, passes it.
    """
    t, y = np.asarray(time, dtype=np.float64), np.asarray(series, dtype=np.float64)
    if window < 8 or len(y) < 2 * window:
        raise Defect(f"a window of {window} in {len(y)} readings; 8 to half of them are needed")
    rising = float(y[-window:].mean() - y[:window].mean())
    sign = 1.0 if rising > 0 else -1.0
    beyond = sign * (y - level) > 0
    if sign * (y[:window].mean() - level) > 0 or sign * (y[-window:].mean() - level) <= 0:
        return None
    index = int(np.count_nonzero(~beyond))
    first = int(np.clip(index - window // 2, 0, len(y) - window))
    return _by_line(t, y, level, slice(first, first + window))


def _by_line(t: Draws, y: Draws, level: float, near: slice) -> Crossing:
    """Crossing of the least-squares line through the readings `near`."""
    centred = t[near] - t[near].mean()
    by = centred / float(centred @ centred)
    slope, middle = float(by @ y[near]), float(y[near].mean())
    if slope == 0.0:
        raise Defect("the course is level where it crosses; take a wider window")
    away = (level - middle) / slope
    weights = np.zeros_like(y)
    weights[near] = 1.0 / len(centred) + away * by
    residual = y[near] - middle - slope * centred
    height = scatter_of(residual, weights[near], 2)
    scatter = Scatter(height.u / abs(slope), height.freedom, height.readings)
    return Crossing(float(t[near].mean()) + away, scatter, weights, -1.0 / slope)


def width_at(
    place: ArrayLike, profile: ArrayLike, level: float, window: int
) -> tuple[Crossing, Crossing] | None:
    """Both crossings of `level` by a peak (shape (n,)) over `place`; None where one is missing.

    The width is the difference of their places. `level` is taken from the peak's height by a fit:
    the highest reading is too high.
    """
    x, y = np.asarray(place, dtype=np.float64), np.asarray(profile, dtype=np.float64)
    top = int(np.argmax(np.convolve(y, np.ones(window) / window, mode="same")))
    if min(top, len(y) - top) < 2 * window:
        return None
    up = first_crossing(x[:top], y[:top], level, window)
    down = first_crossing(x[top:], y[top:], level, window)
    return None if up is None or down is None else (up, down)
