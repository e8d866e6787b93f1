"""A line through points, and whether it is one. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

Array = NDArray[np.float64]

CHANCE = 1e-4
"""Share of straight lines that would be called bent."""


@dataclass(frozen=True)
class Straight:
    """`slope` and its standard uncertainty `u` by the scatter, in the unit of y over that of x;
    `crossing` of zero in the unit of x; `scatter` about the line in that of y; whether a term of
    second order stands out of it."""

    slope: float
    u: float
    crossing: float
    scatter: float
    is_bent: bool


def straight(x: Array, y: Array) -> Straight:
    """The line of `y` over `x`, both of shape (n,) with n of at least 5, by least squares.

    The second order is tested by Student's t of its coefficient (n - 3 degrees of freedom).
    """
    away = x - x.mean()
    slope, level = np.polyfit(away, y, 1)
    rest = y - (level + slope * away)
    scatter = float(np.sqrt(rest @ rest / (len(x) - 2)))
    columns = np.vstack([np.ones_like(away), away, away**2]).T
    found, *_ = np.linalg.lstsq(columns, y, rcond=None)
    left = y - columns @ found
    variance = float(left @ left) / (len(x) - 3)
    covariance = np.linalg.inv(columns.T @ columns) * variance
    size = abs(float(found[2])) / float(np.sqrt(covariance[2, 2]))
    limit = float(student.ppf(1.0 - CHANCE / 2.0, len(x) - 3))
    crossing = float(x.mean()) - float(level) / float(slope)
    u = scatter / float(np.sqrt(away @ away))
    return Straight(float(slope), u, crossing, scatter, size > limit)
