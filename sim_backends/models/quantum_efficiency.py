"""External quantum efficiency of a thin-film absorber about its absorption edge.

A graded and disordered absorber has gaps spread about one: the efficiency falls as an error
function, whose inflection is the gap. J. K. Katahara and H. W. Hillhouse, J. Appl. Phys. 116 (2014)
173504; U. Rau et al., Phys. Rev. Appl. 7 (2017) 044016. Above the edge it is flat and falls in the
blue, where window and buffer absorb.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc

Array = NDArray[np.float64]

PHOTON = 1.239841984e-6
"""Planck's constant times the speed of light in eV m (SI 2019)."""


@dataclass(frozen=True, slots=True)
class AbsorptionEdge:
    """`gap` in eV, `width` of its spread in eV (standard deviation), `plateau` of the efficiency
    (0..1), `window` in eV: where the window layers begin to absorb."""

    gap: float
    width: float
    plateau: float
    window: float


class QuantumEfficiencyPort(Protocol):
    """A cell in a quantum efficiency system."""

    def efficiency(self, wavelength: Array) -> Array:
        """Electrons per photon at each `wavelength` in m, shape (n,)."""
        ...


@dataclass(frozen=True)
class EdgeCell:
    """A cell of this `edge`; fits `QuantumEfficiencyPort`."""

    edge: AbsorptionEdge

    def efficiency(self, wavelength: Array) -> Array:
        """Electrons per photon at each `wavelength` in m."""
        law, energy = self.edge, PHOTON / wavelength
        red = 0.5 * erfc((law.gap - energy) / (np.sqrt(2.0) * law.width))
        blue = 0.5 * erfc((energy - law.window) / 0.3)
        return np.asarray(law.plateau * red * blue, dtype=np.float64)
