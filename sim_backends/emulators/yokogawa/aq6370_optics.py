"""What the monochromator makes of light: lines convolved with the shape of its slit.

The filter is a Gaussian of the resolution bandwidth with two skirts; its peak is 1, so that a
narrow line is shown with its power. A Lorentzian line through it is a Voigt profile.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import voigt_profile

from sim_backends.models.reference.laser_spectrum import Line

Array = NDArray[np.float64]
_SIGMA = 2.0 * math.sqrt(2.0 * math.log(2.0))
_SKIRT, _SKIRT_WIDTH = 3e-5, 0.07
"""Height of the skirts and their half width in nm."""


def noise_bandwidth(resolution: float) -> float:
    """Equivalent noise bandwidth of a filter with a bandwidth `resolution`, in the same unit."""
    return resolution / _SIGMA * math.sqrt(2.0 * math.pi)


def transmitted(
    wavelengths: Array, lines: Sequence[Line], density: float, resolution: float
) -> Array:
    """Power in W behind the filter set to each of `wavelengths` in m, shape (n,).

    `density` is that of a flat background in W/m, `resolution` the filter's bandwidth in m.
    """
    sigma = resolution * 1e9 / _SIGMA
    power = np.full(wavelengths.shape, density * noise_bandwidth(resolution))
    for line in lines:
        away = (wavelengths - line.wavelength) * 1e9
        shape = voigt_profile(away, sigma, line.width * 1e9 / 2.0) * sigma * math.sqrt(2 * math.pi)
        power += line.power * (shape + _SKIRT / (1.0 + (away / _SKIRT_WIDTH) ** 2) ** 2)
    return power


def vacuum(wavelengths: Array) -> Array:
    """Wavelengths in vacuum of those in standard air, in m (Edlen, Metrologia 2 (1966) 71)."""
    square = (1e-6 / wavelengths) ** 2
    refraction = 8342.13 + 2406030.0 / (130.0 - square) + 15997.0 / (38.9 - square)
    return wavelengths * (1.0 + 1e-8 * refraction)
