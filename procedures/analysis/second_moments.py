"""Second moments of a beam's power density, ISO 11146-1:2021 section 7 and ISO 11146-3:2004.

The background is a dark picture, and what then is left of it where no beam falls (ISO 11146-3,
3.4.3: of pixels without light, its mean). Moments are taken in an area of three times the beam's
widths around its centroid, which is found again until it stays (ISO 11146-1, 7.2). Lengths are in
pixels of the picture, variances in pixels squared; a pixel's own width is taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, sin, sqrt

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

AREA = 3.0
"""Integration area in beam widths (ISO 11146-1, 7.2)."""

PIXEL = 1.0 / 12.0
"""Variance of light that falls evenly on one pixel, in pixels squared."""

STILL, ROUNDS, TURNS = 1e-3, 30, 5
"""Relative change of a width from one area to the next at which it stands, how many areas, and
after how many the area's azimuth stays: that of a nearly round beam would go to and fro."""

ROUND = 0.87
"""Smaller over larger width from which on a beam counts as circular, without axes of its own (ISO
11146-1, 3.7): its area stands upright, since an azimuth that is noise would turn it about."""

LEAST = 6.0
"""Pixels across the smaller width below which the moments are not told."""

OUTSIDE = 500
"""Pixels without light that a background needs."""

MARGIN = 1.15
"""Part by which the pixels without light keep off the integration area: a rim of its size."""


class NoBeam(ValueError):
    """A picture without a beam that lies in it as a whole."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Centroid `x`, `y` in pixels from the corner; `xx`, `xy`, `yy` in pixels squared, about it."""

    x: float
    y: float
    xx: float
    xy: float
    yy: float


@dataclass(frozen=True, slots=True)
class _Box:
    """Half sides of an area along its own axes, in pixels, turned by `turn` in rad."""

    x: float
    y: float
    along: float
    across: float
    turn: float


def principal(moments: Moments) -> tuple[float, float, float]:
    """Widths D4sigma along the major and the minor axis in pixels, and the azimuth of the major one
    in rad (ISO 11146-1, 3.5 and 3.6)."""
    middle = 0.5 * (moments.xx + moments.yy)
    differ = sqrt((0.5 * (moments.xx - moments.yy)) ** 2 + moments.xy**2)
    turn = 0.5 * atan2(2.0 * moments.xy, moments.xx - moments.yy)
    large, small = 4.0 * sqrt(middle + differ), 4.0 * sqrt(max(middle - differ, 0.0))
    return large, small, turn


def second_moments(light: Array) -> Moments:
    """Moments of a picture `light`, shape (rows, columns), of which a dark one was taken off.

    `NoBeam` where the area does not come to rest inside the picture, or too little lies outside.
    """
    clean = light - float(np.median(light[::4, ::4]))
    found = _first(clean)
    box = _box(found)
    for index in range(ROUNDS):
        clean = light - _background(light, box)
        found = _inside(clean, box)
        following = _box(found, box.turn if index >= TURNS else None)
        still = abs(following.along / box.along - 1.0) + abs(following.across / box.across - 1.0)
        box = following
        if still < STILL:
            return _checked(found, box, light.shape)
    raise NoBeam("its widths do not come to rest")


def _first(clean: Array) -> Moments:
    """A beginning: moments of what is brighter than a seventh of the peak (1/e2), smoothed."""
    rows, columns = (size // 4 * 4 for size in clean.shape)
    coarse = clean[:rows, :columns].reshape(rows // 4, 4, columns // 4, 4).mean(axis=(1, 3))
    bright = np.where(coarse > 0.135 * float(coarse.max()), coarse, 0.0)
    found = _moments(bright, np.arange(rows // 4), np.arange(columns // 4), 0.0)
    x, y = (4.0 * place + 1.5 for place in (found.x, found.y))
    return Moments(x, y, 16.0 * found.xx + 1.0, 16.0 * found.xy, 16.0 * found.yy + 1.0)


def _box(moments: Moments, turn: float | None = None) -> _Box:
    """The area of a beam, turned as it is or by `turn` in rad."""
    large, small, own = principal(moments)
    if not small > 0.0:
        raise NoBeam("it has no width")
    if turn is None:
        turn = 0.0 if small > ROUND * large else own
    c, s, twice = cos(turn), sin(turn), 2.0 * cos(turn) * sin(turn) * moments.xy
    along = c * c * moments.xx + twice + s * s * moments.yy
    across = s * s * moments.xx - twice + c * c * moments.yy
    half = 2.0 * AREA
    return _Box(moments.x, moments.y, half * sqrt(along), half * sqrt(across), turn)


def _reach(box: _Box) -> tuple[float, float]:
    """Half sides in pixels of the upright rectangle around `box`, across and down the picture."""
    c, s = abs(cos(box.turn)), abs(sin(box.turn))
    return box.along * c + box.across * s, box.along * s + box.across * c


def _within(away: Array, half: float) -> Array:
    """How much of pixels whose centres lie `away` from a middle is within `half` of it, 0..1, all
    in pixels: one on the rim counts by its part, lest an area go to and fro by whole pixels."""
    return np.clip(half + 0.5 - np.abs(away), 0.0, 1.0)


def _rim(box: _Box, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Rows and columns of the upright rectangle around `box` that lies in the picture."""
    wide, high = _reach(box)
    ends = ((box.y, high, shape[0]), (box.x, wide, shape[1]))
    rows, columns = (
        slice(max(int(at - half - 0.5), 0), min(int(at + half + 0.5) + 2, size))
        for at, half, size in ends
    )
    return rows, columns


def _background(light: Array, box: _Box) -> float:
    """Mean of the pixels without light."""
    wide, high = _reach(box)
    down, across = (np.arange(size, dtype=np.float64) for size in light.shape)
    rows, columns = _within(down - box.y, MARGIN * high), _within(across - box.x, MARGIN * wide)
    count = light.size - float(rows.sum()) * float(columns.sum())
    if count < OUTSIDE:
        raise NoBeam("it fills the picture: no pixels without light are left")
    return (float(light.sum()) - float(rows @ light @ columns)) / count


def _inside(clean: Array, box: _Box) -> Moments:
    """Moments in the turned area."""
    rows, columns = _rim(box, clean.shape)
    y = np.arange(rows.start, rows.stop, dtype=np.float64)[:, None]
    x = np.arange(columns.start, columns.stop, dtype=np.float64)
    turn_x, turn_y = cos(box.turn), sin(box.turn)
    along = turn_x * (x - box.x) + turn_y * (y - box.y)
    across = turn_x * (y - box.y) - turn_y * (x - box.x)
    part = _within(along, box.along) * _within(across, box.across) * clean[rows, columns]
    return _moments(part, y[:, 0], x, PIXEL)


def _moments(part: Array, y: Array, x: Array, pixel: float) -> Moments:
    """Moments of `part` at rows `y` and columns `x`, less the `pixel`'s own variance."""
    down, across = part.sum(axis=1), part.sum(axis=0)
    total = float(across.sum())
    if not total > 0.0:
        raise NoBeam("there is no light")
    at_x, at_y = float(across @ x) / total, float(down @ y) / total
    off_x, off_y = x - at_x, y - at_y
    xx, yy = float(across @ off_x**2) / total, float(down @ off_y**2) / total
    xy = float(off_y @ part @ off_x) / total
    if not min(xx - pixel, yy - pixel) > 0.0:
        raise NoBeam("it has no width")
    return Moments(at_x, at_y, xx - pixel, xy, yy - pixel)


def _checked(found: Moments, box: _Box, shape: tuple[int, ...]) -> Moments:
    """`found`; `NoBeam` where its area does not lie in the picture or is too small."""
    if 2.0 * min(box.along, box.across) / AREA < LEAST:
        raise NoBeam(f"it is less than {LEAST:g} pixels wide")
    wide, high = _reach(box)
    for at, half, size in ((box.x, wide, shape[1]), (box.y, high, shape[0])):
        if at - half < -0.5 or at + half > size - 0.5:
            raise NoBeam(f"{AREA:g} times its width do not lie in the picture")
    return found
