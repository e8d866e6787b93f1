"""The count of cycles at which a bending fade has fallen to its end of life. Pure.

Where a fade slows down, a straight line through checks on both sides of the end lies above it and
tells the end too late: by 0.2 % of a life of 6,000 cycles with a check each 500. A parabola through
two more of the checks before it scatters no more than that line.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labctl.errors import Defect
from labctl.uncertainty import Draws
from procedures.analysis.end_of_life import Near

Array = NDArray[np.float64]

BEFORE, AFTER = 4, 2
"""Checks before the end and after it through which the parabola is laid."""

LEAST = 4
"""Checks that a parabola with a residual needs."""


def checks_beside(values: ArrayLike, threshold: float) -> Near:
    """The checks round the crossing of `threshold` by `values` (shape (n,)), in their unit, as far
    as there are. `Defect` where it is not crossed, or there are fewer than `LEAST`.
    """
    seen = np.asarray(values, dtype=np.float64)
    above = int(np.count_nonzero(seen >= threshold))
    if len(seen) < LEAST or not 1 <= above < len(seen):
        raise Defect(f"{above} of {len(seen)} checks lie above the end of life")
    first = min(max(above - BEFORE, 0), len(seen) - LEAST)
    return Near(first, min(max(above + AFTER, first + LEAST), len(seen)))


def bent_crossing(counts: ArrayLike, retention: Draws, threshold: float) -> Draws:
    """Count at which the least-squares parabola through `retention` (shape (rows, n), n checks
    about the end) falls to `threshold`, shape (rows,); `counts` (shape (n,)) ascend, in cycles.

    `Defect` where the checks of row 0 do not fall through it; a drawn row that just misses the
    threshold has its lowest place.
    """
    over = np.asarray(counts, dtype=np.float64)
    middle, scale = float(over.mean()), float(np.ptp(over))
    powers = np.vander((over - middle) / scale, 3)
    bend, slope, value = np.linalg.pinv(powers) @ (retention - threshold).T
    square = slope**2 - 4.0 * bend * value
    if not (slope[0] < 0.0 and square[0] > 0.0):
        raise Defect("the checks do not fall where they cross the end of life")
    # The root next to the middle, in the form that stays exact where there is no bend.
    return middle - scale * 2.0 * value / (slope - np.sqrt(np.maximum(square, 0.0)))
