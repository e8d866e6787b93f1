"""Height of a bar on a step standard, by ISO 5436-1, type A1 (now ISO 25178-70). Pure.

Each band of rows is fitted by a plane with curvature for the scanner's bow, and half the height, up
on the bar and down beside it: z = p(x, y) +- h / 2. What lies near the edges is left out: the
inner third of the bar counts, and beside it what is a third of its width or more away from it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BANDS = 8
"""Bands of rows, each with a height of its own: their scatter is the height's."""

LEAST = 8
"""Columns on the bar and on each side below which there is no bar to be fitted."""


class NoBar(ValueError):
    """Why a picture shows no bar."""


def edges(heights: Array) -> tuple[int, int]:
    """First and last column of the bar in `heights`, shape (rows, columns); `NoBar` without."""
    profile = np.median(heights, axis=0)
    side = len(profile) // 8
    ends = np.concatenate((np.arange(side), np.arange(len(profile) - side, len(profile))))
    line = np.polyfit(ends, profile[ends], 1)
    level = profile - np.polyval(line, np.arange(len(profile)))
    high = np.flatnonzero(level > 0.5 * np.quantile(level, 0.9))
    if len(high) == 0 or not np.array_equal(high, np.arange(high[0], high[-1] + 1)):
        raise NoBar("shows no single bar across its lines")
    return int(high[0]), int(high[-1])


def step_heights(heights: Array) -> Array:
    """Height of the bar in each band of rows in the unit of `heights`, shape (BANDS,)."""
    first, last = edges(heights)
    width = last - first + 1
    column = np.arange(heights.shape[1])
    middle = 0.5 * (first + last)
    top = np.abs(column - middle) <= width / 6.0
    below = np.abs(column - middle) >= 0.5 * width + width / 3.0
    sides = (np.sum(below & (column < first)), np.sum(below & (column > last)))
    if min(int(np.sum(top)), *map(int, sides)) < LEAST:
        raise NoBar("shows a bar without flat land on both its sides")
    used = top | below
    sign = np.where(top, 0.5, -0.5)[used]
    x = 2.0 * (column[used] - middle) / heights.shape[1]
    return np.array([_fitted(band[:, used], x, sign) for band in np.array_split(heights, BANDS)])


def _fitted(band: Array, x: Array, sign: Array) -> float:
    """Height of one band, shape (rows, points): rows have an offset of their own."""
    rest = (band - band.mean(axis=1, keepdims=True)).mean(axis=0)
    design = np.stack((np.ones_like(x), x, x * x, sign), axis=1)
    found, *_ = np.linalg.lstsq(design, rest, rcond=None)
    return float(found[3])
