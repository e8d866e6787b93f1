"""Fatigue of a flexible cell by bending: cracks in electrode and film.

A film on a foil bent to radius R is strained by d / (2 R), d the whole thickness with the neutral
plane in its middle (Suo et al., Appl. Phys. Lett. 74 (1999) 1177). Bends above a threshold strain
open cracks; damage is counted in bends at a reference strain and adds up over bends of any radius
(Miner's rule). Cracked indium tin oxide and film: Cairns et al., Appl. Phys. Lett. 76 (2000) 1425.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos

REFERENCE_STRAIN = 0.004
"""Strain at which one bend counts as one bend of damage."""


@dataclass(frozen=True, slots=True)
class Fatigue:
    """`threshold` strain below which nothing cracks, `exponent` of the strain above it;
    `opening` in 1/bend: relative growth of the series resistance, `leaking` in 1/bend: of the
    shunt conductance."""

    threshold: float = 0.0
    exponent: float = 1.0
    opening: float = 0.0
    leaking: float = 0.0


def strain(thickness: float, radius: float, angle: float = 0.0) -> float:
    """Largest strain of a foil of `thickness` m bent to `radius` m.

    `angle` in rad is the misalignment of the bending axis to the sample's; the strain along the
    sample is cos(angle)**2 of the whole (rotation of a uniaxial strain).
    """
    return thickness / (2.0 * radius) * cos(angle) ** 2


def damage(law: Fatigue, strained: float, bends: float) -> float:
    """Bends at the reference strain that do the damage of `bends` bends to `strained`."""
    excess = strained - law.threshold
    if excess <= 0.0:
        return 0.0
    return bends * (excess / (REFERENCE_STRAIN - law.threshold)) ** law.exponent
