"""The band gap of an absorber from its external quantum efficiency. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import savgol_filter

Array = NDArray[np.float64]

PHOTON = 1.239841984e-6
"""Planck's constant times the speed of light in eV m (SI 2019)."""

WINDOW, ORDER = 7, 2
"""Points and order of the smoothing polynomial that the derivative is taken of."""

REALISATIONS = 64
"""Noisy curves of which the scatter of a gap is taken."""


def band_gap(wavelength: Array, efficiency: Array) -> float:
    """Gap in eV: the mean energy of the edge's derivative d EQE / dE between its half maxima.

    `wavelength` in m, rising; `efficiency` as a fraction; shape (n,) each. The derivative's maximum
    is the inflection of the edge; the mean about it uses all its points. Source: U. Rau et al.,
    Phys. Rev. Appl. 7 (2017) 044016, eq. 8; L. Kruckemeier et al., Adv. Energy Mater. 10 (2020)
    1902573.
    ValueError where the edge lies at the end of the curve.
    """
    energy = (PHOTON / wavelength)[::-1]
    smooth = _smooth(efficiency[::-1])
    slope = np.gradient(smooth, energy)
    first, last = _half_maxima(slope)
    edge = slice(first, last + 1)
    weight = slope[edge] - 0.5 * slope.max()
    area = np.trapezoid(weight, energy[edge])
    return float(np.trapezoid(weight * energy[edge], energy[edge]) / area)


def _smooth(efficiency: Array) -> Array:
    return np.asarray(savgol_filter(efficiency, WINDOW, ORDER), dtype=np.float64)


def _half_maxima(slope: Array) -> tuple[int, int]:
    top = int(np.argmax(slope))
    below = np.flatnonzero(slope < 0.5 * slope[top])
    before, behind = below[below < top], below[below > top]
    if not before.size or not behind.size:
        raise ValueError("the absorption edge lies at the end of the curve")
    first, last = int(before[-1]) + 1, int(behind[0]) - 1
    return first, last


def noise(efficiency: Array) -> float:
    """Standard deviation of one point by the second differences of a curve that is smooth.

    The median keeps the edge, where the curve bends, out; of white noise the variance of a second
    difference is six times (1 + 4 + 1) its own.
    """
    second = np.diff(efficiency, 2)
    return float(1.4826 * np.median(np.abs(second - np.median(second))) / np.sqrt(6.0))


def band_gap_u(wavelength: Array, efficiency: Array, wavelength_u: float) -> float:
    """Standard uncertainty of the gap in eV, by the curve's noise and `wavelength_u` in m.

    The same noise is laid on the curve that is smoothed, again and again, with fixed numbers.
    """
    sigma = noise(efficiency)
    smooth = _smooth(efficiency)
    rng = np.random.default_rng(0)
    found = [
        band_gap(wavelength, smooth + sigma * rng.standard_normal(len(smooth)))
        for _ in range(REALISATIONS)
    ]
    gap = float(np.mean(found))
    return float(np.hypot(np.std(found, ddof=1), gap**2 / PHOTON * wavelength_u))
