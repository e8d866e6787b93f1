"""A monolithic chip of four blocks: transistor, diode, inverter, capacitor; any may be broken.

A block that is broken is open or short: metal that was not there, or that was left (the two ways in
which a block of a chip dies at wafer probing).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi
from typing import Literal

from sim_backends.models.inverter_gate import InverterGate
from sim_backends.models.power_transistor import PowerTransistor, Rectifier

Flaw = Literal["", "open", "short"]

SHORT, NOTHING = 150.0, 5e12
"""Ohm of a block that is short, and of one that is open."""

PADS = 8e-15
"""F between the pads of the capacitor without its plates."""


@dataclass(frozen=True, slots=True)
class Capacitor:
    """`capacitance` in F with `series` resistance in ohm and the loss factor `loss`."""

    capacitance: float
    series: float
    loss: float


@dataclass(frozen=True, slots=True)
class MonolithicChip:
    """The blocks, and the flaw of each in the order transistor, diode, inverter, capacitor."""

    transistor: PowerTransistor
    diode: Rectifier
    logic: InverterGate
    plates: Capacitor
    flaws: tuple[Flaw, Flaw, Flaw, Flaw] = ("", "", "", "")

    @property
    def works(self) -> tuple[bool, ...]:
        """Whether each block works."""
        return tuple(not flaw for flaw in self.flaws)


def impedance(one: Capacitor, flaw: Flaw, frequency: float) -> complex:
    """Impedance in ohm at `frequency` in Hz."""
    if flaw == "short":
        return complex(SHORT)
    farads = PADS if flaw == "open" else one.capacitance
    return one.series + 1.0 / (2j * pi * frequency * farads * (1.0 - 1j * one.loss))


@dataclass(frozen=True)
class BrokenStructure:
    """A block of which `ohms` are left between drain and common; its output is open."""

    ohms: float

    def gate_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """0 A."""
        return 0.0

    def drain_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Current in A at `drain` in V."""
        return drain / self.ohms

    def drain_voltage(self, gate: float, current: float, temperature: float, t: float) -> float:
        """Voltage in V at `current` in A."""
        return current * self.ohms

    def output(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """0 V: nothing drives it."""
        return 0.0


@dataclass(frozen=True)
class CapacitorStructure:
    """A `capacitor` with its `flaw` between the LCR meter's probes; open for direct current."""

    plates: Capacitor
    flaw: Flaw

    def gate_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """0 A."""
        return 0.0

    def drain_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Current in A at `drain` in V."""
        return drain / (SHORT if self.flaw == "short" else NOTHING)

    def drain_voltage(self, gate: float, current: float, temperature: float, t: float) -> float:
        """Voltage in V at `current` in A."""
        return current * (SHORT if self.flaw == "short" else NOTHING)

    def output(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """0 V."""
        return 0.0

    def impedance(self, frequency: float) -> complex:
        """Impedance in ohm at `frequency` in Hz."""
        return impedance(self.plates, self.flaw, frequency)
