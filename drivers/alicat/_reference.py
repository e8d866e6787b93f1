"""Gas states: the instrument's reference state, and densities, ideal-gas conversions only."""

from __future__ import annotations

from dataclasses import dataclass

ZERO_CELSIUS = 273.15
ATMOSPHERE = 101325.0
PSI = 6894.757

DENSITIES = {
    "Air": 1.1840,
    "Ar": 1.6339,
    "CH4": 0.6569,
    "CO": 1.1453,
    "CO2": 1.8080,
    "H2": 0.08235,
    "He": 0.16353,
    "N2": 1.1453,
    "O2": 1.3088,
}
"""Densities in kg/m**3 at 25 degC and 14.696 psi (remembered: the manual's table of gases)."""


@dataclass(frozen=True)
class State:
    """A reference state: `temperature` in degC, absolute `pressure` in Pa."""

    temperature: float
    pressure: float

    @property
    def to_role(self) -> float:
        """What a volume at this state is to be multiplied by for 0 degC and 101325 Pa."""
        kelvins = self.temperature + ZERO_CELSIUS
        return ZERO_CELSIUS / kelvins * self.pressure / ATMOSPHERE


STANDARD = State(25.0, 14.696 * PSI)
"""The standard state as delivered: 25 degC and 14.696 psi."""

NORMAL = State(0.0, 14.696 * PSI)
"""The normal state as delivered: 0 degC and 14.696 psi."""


def normal_density(gas: str) -> float:
    """Density of `gas` in kg/m**3 at 0 degC and 101325 Pa; KeyError where it is not known."""
    return DENSITIES[gas] / STANDARD.to_role
