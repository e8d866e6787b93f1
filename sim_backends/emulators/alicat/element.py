"""The laminar flow element of an Alicat of 20 SLPM: pressure, temperature and flow in its gas.

A laminar element measures volume flow through viscosity (Hagen-Poiseuille), so a gas other than
the one selected reads wrong by the ratio of viscosities. Mass flow is volume flow at 25 degC and
101325 Pa, the standard state as delivered. Limits of error: 0.6 % of reading and 0.1 % of full
scale, 0.5 % of full scale in pressure, 0.75 K (data sheet of the M series, remembered).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.gas_line import (
    NORMAL_PRESSURE,
    NORMAL_TEMPERATURE,
    VISCOSITY,
    LinePort,
    LineState,
)

FULL_SCALE = 20.0
"""SLPM."""

FULL_PRESSURE = 160.0
"""psia."""

PSI = 6894.757293168
"""Pa of one psi (NIST SP 811)."""

AMBIENT = 101325.0
"""Pa: what the instrument's barometer shows in its room."""

STANDARD = 298.15
"""K of the standard state; its pressure is that of the normal state."""

LITRES = 60e3
"""l/min of one m3/s."""

FLOW = Spec(range=FULL_SCALE, gain=6e-3, offset=1e-3 * FULL_SCALE, noise=2e-4 * FULL_SCALE)
PRESSURE = Spec(range=FULL_PRESSURE, gain=0.0, offset=5e-3 * FULL_PRESSURE, noise=5e-3)
TEMPERATURE = Spec(range=60.0, gain=0.0, offset=0.75, noise=5e-3)
"""The noises are not in the data sheet: the last digits of an instrument at rest."""

OVER = 1.28
"""Share of full scale from which on a flow is out of range (manual: over-range 128 %)."""

GASES = (
    ("Air", "Air"),
    ("Ar", "Argon"),
    ("CH4", "Methane"),
    ("CO", "Carbon Monoxide"),
    ("CO2", "Carbon Dioxide"),
    ("C2H6", "Ethane"),
    ("H2", "Hydrogen"),
    ("He", "Helium"),
    ("N2", "Nitrogen"),
    ("N2O", "Nitrous Oxide"),
    ("Ne", "Neon"),
    ("O2", "Oxygen"),
    ("C3H8", "Propane"),
    ("nC4H10", "Normal Butane"),
    ("C2H2", "Acetylene"),
    ("C2H4", "Ethylene"),
    ("iC4H10", "Isobutane"),
    ("Kr", "Krypton"),
    ("Xe", "Xenon"),
    ("SF6", "Sulfur Hexafluoride"),
)
"""Short and long name by the gas's number; the blends from 20 on are not there."""


@dataclass(frozen=True, slots=True)
class Measured:
    """psia, degC, l/min and standard l/min, as the instrument shows them."""

    pressure: float
    temperature: float
    volume: float
    mass: float


class Element:
    """The measuring part at `port`; `gas` is the number of the gas selected.

    Mass flow is counted at `standard_temperature` in K and `standard_pressure` in Pa.
    """

    def __init__(self, port: LinePort, rng: np.random.Generator) -> None:
        self._port = port
        self._flow = Channel([FLOW], rng)
        self._pressure = Channel([PRESSURE], rng)
        self._temperature = Channel([TEMPERATURE], rng)
        self._tare = self._pressure_tare = 0.0
        self.standard_temperature = STANDARD
        self.standard_pressure = NORMAL_PRESSURE
        self.gas = 8

    def measure(self, opening: float, t: float) -> Measured:
        """What the display shows with the valve open by `opening`, 0..1."""
        state = self._port.state(opening, t)
        pressure = self._pressure.convert(state.pressure / PSI, 0) - self._pressure_tare
        temperature = self._temperature.convert(state.temperature, 0)
        mass = self._flow.convert(self._standard(state), 0) - self._tare
        squeeze = self.standard_pressure / (max(pressure, 0.1) * PSI)
        squeeze *= (temperature + 273.15) / self.standard_temperature
        return Measured(pressure, temperature, mass * squeeze, mass)

    def response(self, t: float) -> tuple[float, float]:
        """SLPM shown by a shut valve, and how much more by a fully open one; without noise."""
        shut = self._quiet(0.0, t)
        return shut, self._quiet(1.0, t) - shut

    def tare(self, opening: float, t: float) -> None:
        """The present flow counts as zero."""
        self._tare += self._quiet(opening, t)

    def tare_pressure(self, opening: float, t: float) -> None:
        """The present pressure counts as that of the barometer, `AMBIENT`."""
        now = self._pressure.convert(self._port.state(opening, t).pressure / PSI, 0, 0.0)
        self._pressure_tare = now - AMBIENT / PSI

    def _quiet(self, opening: float, t: float) -> float:
        true = self._standard(self._port.state(opening, t))
        return self._flow.convert(true, 0, 0.0) - self._tare

    def _standard(self, state: LineState) -> float:
        """SLPM as the element takes the gas in it for the one selected."""
        selected = VISCOSITY[GASES[self.gas][0]]
        wrong = VISCOSITY[state.gas] / selected
        volume = self.standard_temperature / NORMAL_TEMPERATURE
        volume *= NORMAL_PRESSURE / self.standard_pressure
        return state.flow * volume * LITRES * wrong
