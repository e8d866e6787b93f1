"""The shape of a light pulse from an oscilloscope's record: area, highest point, width, settled
level, with the response of detector and oscilloscope taken out of the highest point.

ISO 11554:2017 takes the peak power of a pulse as its energy times the highest value of the detector
signal over the signal's integral. The integral over the whole record is not changed by the response
(whose area is one), the highest value is. It is found by a forward fit: about its top the true
pulse is taken as a polynomial, s(t) = sum c_k t**k; a Gaussian response of standard deviation sigma
makes of each power its mean over t - sigma * x, x standard normal (Gauss and Hermite's rule, exact
here); the c_k follow from the record by least squares. That holds for any pulse that is smooth
over the window, and two windows tell how far it does.
"""

from __future__ import annotations

from math import log, pi, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

QUIET = 0.15
"""Part of the record at each end that holds no light."""

WINDOWS = ((0.3, 4), (0.45, 6))
"""Half width of the window about the top in widths of the pulse, and degree of the polynomial."""

RISE = 2.563
"""10 to 90 % rise time of a Gaussian response over its standard deviation."""

FULL_WIDTH = 2.0 * sqrt(2.0 * log(2.0))
"""Full width at half maximum of a Gaussian over its standard deviation."""

LAST, END = 0.25, 0.02
"""Part of a long pulse, from its end, whose level counts, and what of that lies at its edge."""

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


class NoPulse(ValueError):
    """The record does not show one whole pulse with quiet ends."""


class Grounded(NamedTuple):
    """`volts` (n,) less the line through the quiet ends, the `noise` of a point, and the `step` in
    V from one end to the other."""

    volts: Array
    noise: float
    step: float


class Top(NamedTuple):
    """Highest value in V without the response, the same with it, and what the two windows differ
    by in V."""

    true: float
    seen: float
    doubt: float


class Settled(NamedTuple):
    """Mean in V over the last part of a long pulse, and the relative change across that part."""

    level: float
    change: float


def scope_sigma(bandwidth: float) -> float:
    """Standard deviation in s of a Gaussian response of `bandwidth` in Hz at -3 dB."""
    return sqrt(log(2.0)) / (2.0 * pi * bandwidth)


def rise_sigma(rise: float) -> float:
    """Standard deviation in s of a Gaussian response of 10 to 90 % `rise` time in s."""
    return rise / RISE


def grounded(time: Array, volts: Array) -> Grounded:
    """The record less its baseline; both arrays of shape (n,), in s and V."""
    count = max(int(QUIET * len(time)), 3)
    ends = [slice(0, count), slice(len(time) - count, len(time))]
    centres = [float(time[end].mean()) for end in ends]
    levels = [float(volts[end].mean()) for end in ends]
    slope = (levels[1] - levels[0]) / (centres[1] - centres[0])
    line = levels[0] + slope * (time - centres[0])
    left = volts - line
    noise = sqrt(0.5 * sum(float(np.var(left[end], ddof=2)) for end in ends))
    return Grounded(left, noise, levels[1] - levels[0])


def area(time: Array, found: Grounded) -> float:
    """Integral of the record over time in V s."""
    return float(np.trapezoid(found.volts, time))


def half_width(time: Array, found: Grounded, top: float) -> float:
    """Full width in s at half of `top` in V, about the highest point; `NoPulse` without both
    sides."""
    peak = int(np.argmax(found.volts))
    below = found.volts < 0.5 * top
    left, right = np.flatnonzero(below[:peak]), np.flatnonzero(below[peak:])
    if not left.size or not right.size:
        raise NoPulse("the record does not hold both sides of the pulse")
    return _passage(time, found.volts, int(right[0]) + peak, 0.5 * top) - _passage(
        time, found.volts, int(left[-1]) + 1, 0.5 * top
    )


def _passage(time: Array, volts: Array, index: int, level: float) -> float:
    """When `level` is passed between the points before and at `index`, in s."""
    part = (level - volts[index - 1]) / (volts[index] - volts[index - 1])
    return float(time[index - 1] + part * (time[index] - time[index - 1]))


def top(time: Array, found: Grounded, width: float, sigma: float) -> Top:
    """The highest value of a pulse of about `width` in s, seen through a Gaussian response of
    `sigma` in s; `NoPulse` where the window holds too few points."""
    fits = [_highest(time, found.volts, width, sigma, *window) for window in WINDOWS]
    seen = _highest(time, found.volts, width, 0.0, *WINDOWS[0])
    return Top(fits[0], seen, abs(fits[1] - fits[0]))


def _highest(
    time: Array, volts: Array, width: float, sigma: float, half: float, degree: int
) -> float:
    centre = float(time[int(np.argmax(volts))])
    chosen = np.abs(time - centre) <= half * width
    if int(chosen.sum()) < degree + 2:
        raise NoPulse(f"only {int(chosen.sum())} points about the top of the pulse")
    x = (time[chosen] - centre) / width
    powers = np.arange(degree + 1)
    shifted = x[:, None] - sigma / width * _NODES
    design = np.stack([(shifted**k) @ _WEIGHTS for k in powers], axis=1)
    coefficients = np.linalg.lstsq(design, volts[chosen], rcond=None)[0]
    fine = np.linspace(x[0], x[-1], 401)
    return float((fine[:, None] ** powers @ coefficients).max())


def settled(time: Array, found: Grounded) -> Settled:
    """Level of a long pulse in its last quarter between the half maxima of its flat part, less the
    edge; `NoPulse` where the pulse does not end in the record."""
    plateau = float(np.median(found.volts[found.volts > 0.5 * found.volts.max()]))
    inside = np.flatnonzero(found.volts > 0.5 * plateau)
    if inside[0] == 0 or inside[-1] == len(time) - 1:
        raise NoPulse("the record does not hold the whole pulse")
    first, last = float(time[inside[0]]), float(time[inside[-1]])
    length = last - first
    chosen = (time >= last - LAST * length) & (time <= last - END * length)
    slope, _ = np.polyfit(time[chosen] - last, found.volts[chosen], 1)
    level = float(found.volts[chosen].mean())
    return Settled(level, float(slope) * (LAST - END) * length / level)


def length(time: Array, found: Grounded) -> float:
    """Seconds between the half maxima of the flat part of a long pulse."""
    plateau = float(np.median(found.volts[found.volts > 0.5 * found.volts.max()]))
    inside = np.flatnonzero(found.volts > 0.5 * plateau)
    return float(time[inside[-1]] - time[inside[0]])
