"""A gas line through a flow controller or a meter.

Normal state: 0 degC, 101325 Pa (DIN 1343). Gases are ideal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

NORMAL_PRESSURE, NORMAL_TEMPERATURE = 101325.0, 273.15
"""Pa and K of the normal state."""

MOLAR_VOLUME = 22.413969e-3
"""m3/mol of an ideal gas in the normal state (CODATA 2018)."""

VISCOSITY = {
    "Air": 18.4918e-6,
    "Ar": 22.5593e-6,
    "CH4": 11.1852e-6,
    "CO": 17.6473e-6,
    "CO2": 14.9332e-6,
    "C2H6": 9.3540e-6,
    "H2": 8.9153e-6,
    "He": 19.8457e-6,
    "N2": 17.8120e-6,
    "N2O": 14.8456e-6,
    "Ne": 31.1149e-6,
    "O2": 20.4591e-6,
    "C3H8": 8.1458e-6,
    "nC4H10": 7.4052e-6,
    "C2H2": 10.4448e-6,
    "C2H4": 10.3177e-6,
    "iC4H10": 7.4988e-6,
    "Kr": 25.1320e-6,
    "Xe": 22.9785e-6,
    "SF6": 15.3532e-6,
}
"""Pa s at 25 degC and 101325 Pa, as the gas table of an Alicat manual gives them (remembered)."""

MOLAR_MASS = {
    "Air": 28.9647e-3,
    "Ar": 39.948e-3,
    "CH4": 16.0425e-3,
    "CO": 28.0101e-3,
    "CO2": 44.0095e-3,
    "C2H6": 30.069e-3,
    "H2": 2.01588e-3,
    "He": 4.002602e-3,
    "N2": 28.0134e-3,
    "N2O": 44.0128e-3,
    "Ne": 20.1797e-3,
    "O2": 31.9988e-3,
    "C3H8": 44.0956e-3,
    "nC4H10": 58.1222e-3,
    "C2H2": 26.0373e-3,
    "C2H4": 28.0532e-3,
    "iC4H10": 58.1222e-3,
    "Kr": 83.798e-3,
    "Xe": 131.293e-3,
    "SF6": 146.0554e-3,
}
"""kg/mol (IUPAC 2018)."""


@dataclass(frozen=True, slots=True)
class LineState:
    """Gas in the instrument: `flow` m3/s in the normal state, absolute `pressure` in Pa,
    `temperature` in degC, the `gas` by its formula."""

    flow: float
    pressure: float
    temperature: float
    gas: str


class LinePort(Protocol):
    """A pipe through an instrument with a valve."""

    def state(self, opening: float, t: float) -> LineState:
        """What flows at time `t` with the valve open by `opening`, 0..1."""
        ...


@dataclass
class GasLine:
    """A supply of `gas` at `pressure` in Pa (absolute) and `temperature` in degC that gives `most`
    m3/s (normal state) through a fully open valve, less in proportion; fits `LinePort`."""

    gas: str
    most: float
    pressure: float = NORMAL_PRESSURE
    temperature: float = 23.0

    def state(self, opening: float, t: float) -> LineState:
        """What flows through the valve."""
        return LineState(self.most * opening, self.pressure, self.temperature, self.gas)


def mass_flow(flow: float, gas: str) -> float:
    """kg/s of `gas` at `flow` m3/s in the normal state."""
    return flow / MOLAR_VOLUME * MOLAR_MASS[gas]
