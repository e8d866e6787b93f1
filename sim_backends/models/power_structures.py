"""Transistors and diodes of a test chip as probes see them, with what wanders in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sim_backends.models.die_structures import INSULATOR
from sim_backends.models.noise import Drift
from sim_backends.models.power_transistor import (
    MOST,
    PowerTransistor,
    Rectifier,
    rectifier_current,
    transistor_current,
)
from sim_backends.models.roots import root


def voltage_at(current: float, through: Callable[[float], float]) -> float:
    """Voltage in V at which `current` in A goes `through` a device; +-10 kV where none does."""
    end = MOST if current > 0.0 else -MOST
    if current == 0.0:
        return 0.0
    if abs(through(end)) < abs(current):
        return end
    low, high = min(0.0, end), max(0.0, end)
    return root(lambda volts: through(volts) - current, low, high, 1e-9)


@dataclass(frozen=True)
class TransistorStructure:
    """A `transistor` whose threshold wanders by `wander` in V and whose leakage by the part
    `leaking`."""

    transistor: PowerTransistor
    wander: Drift
    leaking: Drift

    def gate_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Current in A through the insulator."""
        return gate * INSULATOR

    def drain_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Drain current in A."""
        now = replace(self.transistor, leak=self.transistor.leak * (1.0 + self.leaking.at(t)))
        return transistor_current(now, gate, drain, temperature, self.wander.at(t))

    def drain_voltage(self, gate: float, current: float, temperature: float, t: float) -> float:
        """Drain voltage in V at `current` in A."""
        return voltage_at(current, lambda v: self.drain_current(gate, v, temperature, t))

    def output(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """0 V: there is no output pad."""
        return 0.0


@dataclass(frozen=True)
class RectifierStructure:
    """A `rectifier` between the drain's probe (anode) and the common (cathode); its leakage wanders
    by the part `leaking`."""

    rectifier: Rectifier
    leaking: Drift

    def gate_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """0 A: there is no gate."""
        return 0.0

    def drain_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Current in A from the anode."""
        now = replace(self.rectifier, leak=self.rectifier.leak * (1.0 + self.leaking.at(t)))
        return rectifier_current(now, drain, temperature)

    def drain_voltage(self, gate: float, current: float, temperature: float, t: float) -> float:
        """Voltage in V of the anode at `current` in A."""
        return voltage_at(current, lambda v: self.drain_current(gate, v, temperature, t))

    def output(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """0 V: there is no output pad."""
        return 0.0
