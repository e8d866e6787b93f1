"""The outline of a dark layer in a picture, to a part of a pixel. Pure.

The picture is divided by its bright ground (vignetting), and the edge is where the brightness lies
half-way between the layer and what shows beside it: a symmetrical blur does not move it there.
Outlines are contours at that level (contourpy, marching squares).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from contourpy import contour_generator
from numpy.typing import NDArray
from scipy import ndimage

from procedures.methods.imaging.dots import NoPlate, bright_level

Array = NDArray[np.float64]
Single = NDArray[np.float32]

LAYER, CARRIER = 0.5, (0.55, 0.9)
"""Brightness over that of the ground: below, a layer; between, a carrier beside it."""

BRIGHT = (0.8, 0.92, 0.92)
"""Part of the fitted ground above which a pixel belongs to it, fit by fit."""

FEWEST = 180
"""Sparse pixels of the ground that a fit of seven terms needs at least."""

LEAST, MOST = 0.01, 0.95
"""Part of the picture that a layer or a carrier fills at least, and a layer at most."""

SPARSE = 8
"""Every so many rows and columns stand for the ground."""

FEW = 8
"""Contours of most corners among which the one round the largest area is looked for."""

SMOOTH = 0.7
"""Deviation in pixels of the smoothing before an outline is drawn: noise draws no islands."""


@dataclass(frozen=True, eq=False)
class Levels:
    """`flat` brightness over that of the ground; `layer` and `carrier` its typical values (the
    carrier is 1, the ground, where none shows)."""

    flat: Single
    layer: float
    carrier: float


def flattened(pixels: Array) -> Levels:
    """The picture over its bright ground.

    `NoPlate` where it shows no ground or no layer.
    """
    flat = (pixels / _ground(pixels)).astype(np.float32)
    sparse = flat[::3, ::3]
    layer = sparse[sparse < LAYER]
    carrier = sparse[:-1, :-1][_broad((sparse > CARRIER[0]) & (sparse < CARRIER[1]))]
    if not LEAST * sparse.size < layer.size < MOST * sparse.size:
        raise NoPlate("shows no dark layer on a bright ground")
    shows = carrier.size > LEAST * sparse.size
    return Levels(flat, float(np.median(layer)), float(np.median(carrier)) if shows else 1.0)


def _broad(where: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where a pixel and its neighbours to the right and below are so: no blurred edge is."""
    return where[:-1, :-1] & where[1:, :-1] & where[:-1, 1:] & where[1:, 1:]


def outline(levels: Levels, *, of_carrier: bool = False) -> Array:
    """The longest outline of the layer, or of the carrier, in pixels (column, row), shape (n, 2).

    Thin bright lines through the layer are no edges: a median of five along the rows takes them
    away and leaves straight edges where they are. `NoPlate` where the outline is not closed.
    """
    if of_carrier and levels.carrier == 1.0:
        of_carrier = False
    between = (levels.carrier, 1.0) if of_carrier else (levels.layer, levels.carrier)
    smooth = ndimage.gaussian_filter(_median_of_five(levels.flat), SMOOTH)
    drawn = contour_generator(z=smooth).lines(0.5 * (between[0] + between[1]))
    lines = sorted((np.asarray(line, dtype=np.float64) for line in drawn), key=len)[-FEW:]
    longest = max(lines, key=lambda line: abs(area_of(line)))
    if not np.array_equal(longest[0], longest[-1]):
        raise NoPlate("shows a layer that runs out of the picture")
    return longest


def area_of(corners: Array) -> float:
    """Area of a closed polygon of shape (n, 2) by Gauss' formula, in the square of its unit."""
    x, y = corners[:-1].T
    x1, y1 = corners[1:].T
    return 0.5 * float(np.sum(x * y1 - x1 * y))


def perimeter_of(corners: Array, every: int = 8) -> float:
    """Length of a closed polygon in its unit, by every so many corners: noise makes none longer."""
    thinned = np.vstack((corners[:-1:every], corners[:1]))
    return float(np.sum(np.hypot(*np.diff(thinned, axis=0).T)))


def _ground(pixels: Array) -> Array:
    """The bright ground as it would be without the sample: a polynomial of the fourth degree in
    the radius, fitted to what is bright, thrice anew."""
    v = (np.arange(pixels.shape[0]) / pixels.shape[0] - 0.5)[:, None]
    u = (np.arange(pixels.shape[1]) / pixels.shape[1] - 0.5)[None, :]
    few = pixels[::SPARSE, ::SPARSE]
    terms = _terms(u[:, ::SPARSE], v[::SPARSE])
    fitted = np.full(few.shape, bright_level(pixels))
    found = np.zeros(len(terms))
    for part in BRIGHT:
        bright = few > part * fitted
        if np.count_nonzero(bright) < FEWEST:
            raise NoPlate("shows too little of the bright ground round the sample")
        found, *_ = np.linalg.lstsq(terms[:, bright].T, few[bright], rcond=None)
        fitted = np.tensordot(found, terms, 1)
    return np.tensordot(
        found.astype(np.float32), _terms(u.astype(np.float32), v.astype(np.float32)), 1
    )


def _terms(u: Array, v: Array) -> Array:
    """The terms of the ground, shape (7, rows, columns)."""
    one = np.ones_like(u + v)
    square = u * u + v * v
    return np.stack((one, u * one, v * one, u * u * one, u * v, v * v * one, square * square))


def _median_of_five(values: Single) -> Single:
    """Median of five neighbours along the rows; the two outer columns are left as they are."""
    a, b, c, d, e = (values[:, at : values.shape[1] - 4 + at] for at in range(5))
    low, high = np.minimum(a, b), np.maximum(a, b)
    low2, high2 = np.minimum(d, e), np.maximum(d, e)
    low, high = np.maximum(low, low2), np.minimum(high, high2)
    out = values.copy()
    least, most = np.minimum(low, high), np.maximum(low, high)
    out[:, 2:-2] = np.maximum(least, np.minimum(most, c))
    return out
