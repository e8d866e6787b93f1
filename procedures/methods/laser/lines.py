"""What a sweep shows of one line: its power, its width, the background on either side. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

OUTSIDE = 0.5
"""The background is read from the outer half of the window on either side."""

PARABOLA = 3
"""Points that a parabola goes through whatever they are; with more it smooths."""


@dataclass(frozen=True)
class SpectralLine:
    """`centre` in m; `area` in W m: power within the resolution, summed over the wavelength, less
    the `background` in W within it; `peak` in W."""

    centre: float
    area: float
    background: float
    peak: float


def line(wavelengths: Array, watts: Array) -> SpectralLine:
    """The line of a sweep, arrays of shape (n,) in m and W, the window's middle at its place.

    Area over background is free of the width of the analyser's filter: line power over background
    in a bandwidth b is area / (background b), since both are seen through the same filter.
    """
    middle = 0.5 * (wavelengths[0] + wavelengths[-1])
    half = 0.5 * (wavelengths[-1] - wavelengths[0])
    away = np.abs(wavelengths - middle) > OUTSIDE * half
    background = float(np.mean(watts[away]))
    inside = np.where(away, 0.0, watts - background)
    step = float(wavelengths[1] - wavelengths[0])
    top = int(np.argmax(np.where(away, 0.0, watts)))
    return SpectralLine(
        float(wavelengths[top]), float(inside.sum()) * step, background, float(watts[top])
    )


def width_at(wavelengths: Array, watts: Array, share: float) -> float:
    """Full width in m at `share` of the peak, by straight lines between points; nan where the line
    does not fall below it on both sides.

    The peak is that of a parabola through what lies above 80 % of the highest point, so that its
    noise does not lift it.
    """
    top = int(np.argmax(watts))
    near = watts > 0.8 * watts[top]
    x = wavelengths[near] - wavelengths[top]
    peak = float(watts[top])
    if len(x) > PARABOLA:
        a, b, c = np.polyfit(x, watts[near], 2)
        peak = float(c - b * b / (4.0 * a)) if a < 0.0 else peak
    level = share * peak
    left, right = np.flatnonzero(watts[:top] < level), np.flatnonzero(watts[top:] < level)
    if not len(left) or not len(right):
        return float("nan")
    first, last = int(left[-1]), top + int(right[0])
    begin = _between(wavelengths, watts, first, first + 1, level)
    return _between(wavelengths, watts, last - 1, last, level) - begin


def _between(x: Array, y: Array, first: int, second: int, level: float) -> float:
    part = (level - y[first]) / (y[second] - y[first])
    return float(x[first] + part * (x[second] - x[first]))
