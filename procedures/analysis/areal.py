"""Scale-limited surfaces: form removal and areal Gaussian filters. Pure.

Terms by ISO 25178-2 and -3: an F-operator takes off the form (here a polynomial of second order, by
least squares), an S-filter what is smaller than its nesting index, an L-filter what is larger than
its own; what is left is the S-L surface. Both filters are linear areal Gaussian (ISO 16610-61):
weight exp(-pi (d / (a n))^2) with a = sqrt(ln 2 / pi) and nesting index n, which halves the
amplitude of a wave of length n. Weights are normalised where the picture ends, and a rim of half
the larger index is left out of the evaluation, since they are one-sided there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log, pi, sqrt

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ALPHA = sqrt(log(2.0) / pi)
"""Of a Gaussian filter that passes half of the amplitude at its nesting index (ISO 16610-21)."""

FINEST = 5.0
"""Points that must lie within the S-filter's nesting index (ISO 25178-3, table 3)."""


@dataclass(frozen=True, slots=True)
class Band:
    """Nesting indices in m of the S-filter (`small`) and of the L-filter (`large`)."""

    small: float
    large: float


def without_form(heights: Array) -> Array:
    """`heights`, shape (rows, columns), less their polynomial of second order, in their unit."""
    terms = _polynomial(*heights.shape)
    found = np.linalg.solve(terms @ terms.T, terms @ heights.reshape(-1))
    return heights - (found @ terms).reshape(heights.shape)


@lru_cache(maxsize=4)
def _polynomial(rows: int, columns: int) -> Array:
    """The six terms of second order at all points, shape (6, rows x columns)."""
    y, x = np.meshgrid(np.linspace(-1, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y]).reshape(6, -1)


@lru_cache(maxsize=16)
def smoothing(count: int, pitch: float, nesting: float) -> Array:
    """Matrix, shape (count, count), that filters points `pitch` m apart along one axis."""
    distance = (np.arange(count)[:, None] - np.arange(count)[None, :]) * pitch
    weight = np.exp(-pi * (distance / (ALPHA * nesting)) ** 2)
    return weight / weight.sum(axis=1, keepdims=True)


def filtered(heights: Array, pitch_x: float, pitch_y: float, band: Band) -> Array:
    """`heights` less their form and through both filters, with the rim; pitches in m.

    Both filters are separable: a product of matrices for the S-filter, of two for both in a row.
    """
    rows, columns = heights.shape
    down, across = smoothing(rows, pitch_y, band.small), smoothing(columns, pitch_x, band.small)
    fine = down @ without_form(heights) @ across.T
    coarse_down = smoothing(rows, pitch_y, band.large)
    coarse_across = smoothing(columns, pitch_x, band.large)
    return fine - coarse_down @ fine @ coarse_across.T


def scale_limited(heights: Array, pitch_x: float, pitch_y: float, band: Band) -> Array:
    """S-L surface of `heights` in their unit, without the rim; pitches in m."""
    return inner(filtered(heights, pitch_x, pitch_y, band), pitch_x, pitch_y, band)


def inner(heights: Array, pitch_x: float, pitch_y: float, band: Band) -> Array:
    """`heights` without a rim of half the L-filter's nesting index."""
    y, x = (round(0.5 * band.large / pitch) for pitch in (pitch_y, pitch_x))
    return heights[y : heights.shape[0] - y, x : heights.shape[1] - x]


def covers(shape: tuple[int, ...], pitch_x: float, pitch_y: float, band: Band) -> bool:
    """Whether a picture of `shape` holds an evaluation area of the side of the L-filter's nesting
    index (ISO 25178-3, 4.2.2) inside its rim."""
    return min(shape[0] * pitch_y, shape[1] * pitch_x) >= 2.0 * band.large * (1.0 - 1e-9)


def fine_enough(pitch_x: float, pitch_y: float, band: Band) -> bool:
    """Whether points lie dense enough for the S-filter's nesting index."""
    return max(pitch_x, pitch_y) <= band.small / FINEST


def sq(surface: Array) -> float:
    """Root mean square height (ISO 25178-2, 4.2.1), in the unit of `surface`."""
    return float(np.sqrt(np.mean((surface - surface.mean()) ** 2)))


def sa(surface: Array) -> float:
    """Arithmetic mean height (ISO 25178-2, 4.2.7), in the unit of `surface`."""
    return float(np.mean(np.abs(surface - surface.mean())))
