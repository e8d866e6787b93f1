"""Wavelengths in air of wavelengths in vacuum."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHORTEST = 200e-9
"""Below this, in m, spectroscopists state wavelengths in vacuum, and the formula does not hold."""


def in_air(vacuum: NDArray[np.float64]) -> NDArray[np.float64]:
    """Wavelengths in m in dry air of 15 degC, 101325 Pa, 450 ppm CO2, shape as given.

    Ciddor, Appl. Opt. 35 (1996) 1566, eq. (1); from 230 nm to 1690 nm better than 1e-8. Further in
    the infrared n varies by less than 1e-6. `ValueError` below 200 nm.
    """
    if vacuum.size and float(vacuum.min()) < SHORTEST:
        raise ValueError("has wavelengths below 200 nm, where there is no conversion to air")
    squared = (1e-6 / vacuum) ** 2
    refraction = 0.05792105 / (238.0185 - squared) + 0.00167917 / (57.362 - squared)
    return vacuum / (1.0 + refraction)
