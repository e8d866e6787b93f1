"""A metal specimen in a tensile test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np


class SpecimenPort(Protocol):
    """A specimen between two grips, pulled until it breaks."""

    @property
    def area(self) -> float:
        """Cross section in m2."""
        ...

    @property
    def length(self) -> float:
        """Gauge length in m."""
        ...

    @property
    def strength(self) -> float:
        """Stress in Pa at which it breaks."""
        ...

    def strain(self, stress: Any) -> Any:
        """Strain at `stress` in Pa, dimensionless."""
        ...


@dataclass(frozen=True)
class MetalSpecimen:
    """`modulus`, `proof` stress at 0.2 % and tensile `strength` in Pa, `hardening` exponent,
    `area` in m2, gauge `length` in m."""

    modulus: float
    proof: float
    strength: float
    hardening: float
    area: float
    length: float

    def strain(self, stress: Any) -> Any:
        """Ramberg and Osgood (NACA TN 902, 1943): s / E + 0.002 (s / proof)^n."""
        plastic = 0.002 * (np.asarray(stress) / self.proof) ** self.hardening
        return np.asarray(stress) / self.modulus + plastic
