"""Full width at half maximum of a rocking curve, without the instrument's part. Pure.

By fit: a sum of a Gaussian and a Lorentzian of one width (pseudo-Voigt; G. Wertheim et al., Rev.
Sci. Instrum. 45 (1974) 1369), folded with a Gaussian instrument, on a flat background; Poisson
weights of the fitted curve itself, so that no count is favoured for being low. A Lorentzian folded
with a Gaussian is a Voigt profile. By half maximum: both flanks by lines through the points between
30 % and 70 % of the height, which is that of a quartic through the upper half. Angles in rad.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, log, pi, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import curve_fit
from scipy.special import voigt_profile

Array = NDArray[np.float64]

SIGMA = 1.0 / (2.0 * sqrt(2.0 * log(2.0)))
"""Standard deviation of a Gaussian over its full width at half maximum."""

LOW, HIGH = 0.3, 0.7
"""Shares of the height between which a flank is taken for straight."""

ROUNDS = 3
"""Fits, each weighted by the curve before."""

OVER = 8
"""Points above half maximum that a peak needs."""

COUNTS = 500.0
"""Counts at the peak that it needs."""

ROOM = 1.5
"""Widths that a scan must show on either side of its peak."""

ALIKE = 4
"""Points that share the highest count, from which on the detector is at its end."""

MISFIT = 2.5
"""Reduced chi squared from which on a curve is not one peak of that shape."""


class NoPeak(ValueError):
    """Why a curve is no evidence, in one word."""


@dataclass(frozen=True, slots=True)
class Peak:
    """`width` at half maximum in rad without the instrument by the fit, `half` the same of the
    curve as it is, by its flanks; `place` of the peak in rad, `share` of the Lorentzian, `height`
    in counts, `misfit` reduced chi squared, `u` of the width in rad by counting."""

    width: float
    half: float
    place: float
    share: float
    height: float
    misfit: float
    u: float


def profile(x: Array, width: float, share: float, instrument: float) -> Array:
    """Pseudo-Voigt of `width` and Lorentzian `share`, of height 1, folded with a Gaussian of the
    width `instrument`; at `x` from the peak, all in rad."""
    sharp, half = SIGMA * width, 0.5 * width
    gauss = voigt_profile(x, hypot(sharp, SIGMA * instrument), 0.0) * sharp * sqrt(2.0 * pi)
    lorentz = voigt_profile(x, SIGMA * instrument, half) * half * pi
    return np.asarray((1.0 - share) * gauss + share * lorentz, dtype=np.float64)


def fitted(angle: Array, counts: Array, instrument: float, dead: float = 0.0) -> Peak:
    """The peak in `counts` at `angle` in rad, shape (n,) each; `instrument` its full width in rad.

    `dead` is dead time over counting time: counts are as without it. `NoPeak` names what is wrong:
    `saturated`, `few`, `coarse`, `narrow`, `shape`.
    """
    _refuse_saturated(counts, dead)
    true = counts / (1.0 - counts * dead)
    level = 0.5 * (np.median(true[: len(true) // 20 + 2]) + np.median(true[-len(true) // 20 - 2 :]))
    low, high = flanks(angle, true - level)
    half, place = high - low, 0.5 * (low + high)
    over = int(np.sum((angle > low) & (angle < high)))
    if over < OVER:
        raise NoPeak("coarse")
    if min(place - angle[0], angle[-1] - place) < ROOM * half:
        raise NoPeak("narrow")
    start = sqrt(max(half**2 - instrument**2, 0.01 * half**2))
    guess = np.array([float(true.max() - level), 0.0, 1.0, 0.3, level])
    found, covariance, misfit = _least_squares(angle - place, true, guess, start, instrument)
    if misfit > MISFIT:
        raise NoPeak("shape")
    u = start * float(np.sqrt(covariance[2, 2]))
    return Peak(
        start * float(abs(found[2])), half, place + start * float(found[1]), float(found[3]),
        float(found[0]), misfit, u,
    )  # fmt: skip


def _refuse_saturated(counts: Array, dead: float) -> None:
    top = float(counts.max())
    if top < COUNTS:
        raise NoPeak("few")
    if int(np.sum(counts == top)) >= ALIKE or top * dead > 0.1:
        raise NoPeak("saturated")


def flanks(angle: Array, counts: Array) -> tuple[float, float]:
    """Angles in rad at which `counts` above background go through half of their height; `NoPeak`
    where they do so more than once a side."""
    around = np.convolve(counts, np.ones(5) / 5.0, mode="same")
    top = float(np.sort(around)[-5:].mean())
    over = np.flatnonzero(around > 0.5 * top)
    if not np.array_equal(over, np.arange(over[0], over[-1] + 1)):
        raise NoPeak("shape")
    middle = round(0.5 * float(over[0] + over[-1]))
    cap = over - 0.5 * float(over[0] + over[-1])
    if len(cap) < OVER:
        raise NoPeak("coarse")
    quartic = np.polyfit(cap, counts[over], 4)
    top = float(np.polyval(quartic, np.linspace(0.25 * cap[0], 0.25 * cap[-1], 101)).max())
    out = list[float]()
    for side in (np.arange(middle), np.arange(middle, len(counts))):
        used = side[(counts[side] > LOW * top) & (counts[side] < HIGH * top)]
        if len(used) < 3:
            raise NoPeak("coarse")
        line = np.polyfit(counts[used] / top - 0.5, angle[used], 1)
        out.append(float(line[1]))
    return out[0], out[1]


def _least_squares(
    x: Array, counts: Array, start: Array, scale: float, instrument: float
) -> tuple[Array, Array, float]:
    """Height, place and width (both in `scale`), share and background; their covariance; reduced
    chi squared."""

    def curve(x: Array, high: float, place: float, width: float, share: float, low: float) -> Array:
        return high * profile(x - place * scale, abs(width) * scale, share, instrument) + low

    bounds = ([0.0, -1.0, 0.05, 0.0, 0.0], [np.inf, 1.0, 5.0, 1.0, np.inf])
    found: Array = np.clip(start, np.array(bounds[0]) + 1e-9, np.array(bounds[1]))
    covariance: Array = np.eye(len(start))
    weight = np.sqrt(np.maximum(counts, 1.0))
    for _ in range(ROUNDS):
        found, covariance = curve_fit(
            curve, x, counts, found, weight, absolute_sigma=True, bounds=bounds
        )[:2]
        weight = np.sqrt(np.maximum(curve(x, *found), 1.0))
    misfit = float(np.sum(((counts - curve(x, *found)) / weight) ** 2)) / (len(x) - len(start))
    return found, covariance, misfit
