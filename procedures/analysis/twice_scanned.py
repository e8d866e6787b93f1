"""Roughness of one place from two pictures of it, free of what they do not share. Pure.

Noise and offsets of lines are drawn anew in each picture, the surface is not: the mean product of
the two scale-limited surfaces is Sq^2 without them (noise bias of repeated measurements: H.
Haitjema, M. Morel, Measurement 38 (2005) 21). No line is levelled: that would take away the
surface's own waves along the slow axis. The second picture is brought onto the first before,
since what is shifted reads too smooth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from procedures.analysis.areal import Band, filtered, inner, sa, scale_limited, sq

Array = NDArray[np.float64]

ALIKE = 6
"""Points that share the highest or the lowest height, from which on it is an end of the range."""

EQUAL = 0.2
"""Share of neighbours of equal height from which on points are repeated, not measured."""

ROUNDS = 4
"""Steps of the fit of the shift; each is exact but for the curvature of the surface."""


@dataclass(frozen=True, slots=True)
class Twice:
    """Of one place: `square` the mean product in m2, `correlation` of the two (1), `noise` of one
    picture in m by their difference, `first` and `second` Sq and `mean` Sa in m of single pictures,
    `shift` (x, y) in m, `steep` the deviation of half the squared slope (1/m of tip radius)."""

    square: float
    correlation: float
    noise: float
    first: float
    second: float
    mean: float
    shift: tuple[float, float]
    steep: float


def compared(one: Array, two: Array, pitch_x: float, pitch_y: float, band: Band) -> Twice:
    """What two pictures of a place tell; heights in m, shape (rows, columns), pitches in m."""
    left, right = (filtered(each, pitch_x, pitch_y, band) for each in (one, two))
    x, y = registered(left, right)
    moved = ndimage.shift(right, (-y, -x), order=3, mode="nearest")
    a, b = (inner(each, pitch_x, pitch_y, band) for each in (left, moved))
    a, b = a - a.mean(), b - b.mean()
    square, difference = float(np.mean(a * b)), a - b
    down, across = np.gradient(a, pitch_y, pitch_x)
    first, second = sq(a), sq(b)
    return Twice(
        square,
        square / (first * second),
        float(np.sqrt(np.mean(difference**2) / 2.0)),
        first,
        second,
        0.5 * (sa(a) + sa(b)),
        (x * pitch_x, y * pitch_y),
        float(np.std(0.5 * (down**2 + across**2))),
    )


def widened(one: Array, pitch_x: float, pitch_y: float, band: Band, part: float) -> float:
    """Relative change of the mean square of a picture with a relative change of its pitches, by a
    small one, `part` (1)."""
    squares = [
        sq(scale_limited(one, scale * pitch_x, scale * pitch_y, band)) ** 2
        for scale in (1.0, 1.0 + part)
    ]
    return (squares[1] / squares[0] - 1.0) / part


def registered(one: Array, two: Array) -> tuple[float, float]:
    """Shift (x, y) in points of `two` against `one`, shape (rows, columns) each.

    The peak of the correlation gives whole points, least squares on the slopes their parts.
    """
    spectrum = np.fft.rfft2(two - two.mean()) * np.conj(np.fft.rfft2(one - one.mean()))
    peak = np.unravel_index(int(np.argmax(np.fft.irfft2(spectrum, one.shape))), one.shape)
    y, x = (
        float(at if at < size / 2 else at - size) for at, size in zip(peak, one.shape, strict=True)
    )
    rim = max(8, round(0.15 * min(one.shape)))
    cut = np.s_[rim:-rim, rim:-rim]
    slopes = np.stack([np.gradient(one, axis=axis)[cut].ravel() for axis in (0, 1)], axis=1)
    for _ in range(ROUNDS):
        off = (ndimage.shift(two, (-y, -x), order=3, mode="nearest") - one)[cut].ravel()
        found = np.linalg.lstsq(slopes, off, rcond=None)[0].tolist()
        y, x = y - found[0], x - found[1]
    return x, y


def spoilt(heights: Array) -> str:
    """What is wrong with a picture, in one word: `missing` points, `dropped` or `repeated` lines,
    `saturated` points; "" where nothing is. Heights of shape (rows, columns)."""
    if not np.all(np.isfinite(heights)):
        return "missing"
    if np.any(np.ptp(heights, axis=1) == 0.0):
        return "dropped"
    if any(np.mean(np.diff(heights, axis=axis) == 0.0) > EQUAL for axis in (0, 1)):
        return "repeated"
    lines = (np.diff(heights, axis=axis) == 0.0 for axis in (0, 1))
    if any(np.any(np.all(each, axis=1 - axis)) for axis, each in enumerate(lines)):
        return "repeated"
    ends = (int(np.sum(heights == end)) for end in (heights.max(), heights.min()))
    return "saturated" if max(ends) >= ALIKE else ""


def same(one: Array, two: Array) -> bool:
    """Whether two pictures are one: their difference is a plane offset, without any noise."""
    if one.shape != two.shape:
        return False
    rest = one - two
    return bool(np.std(rest) <= 1e-4 * np.std(one))
