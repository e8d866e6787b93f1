"""Relative loss and retention of a figure read before and after an exposure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def relative_loss(before: Array, after: Array) -> Array:
    """(before - after) / before, dimensionless, positive when the figure has fallen.

    Source: the indicator map's rule of relative figures. Shapes as they broadcast.
    """
    return (before - after) / before


def retention(before: Array, after: Array) -> Array:
    """after / before, dimensionless; 1 = nothing lost."""
    return after / before
