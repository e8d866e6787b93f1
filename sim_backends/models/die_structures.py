"""The structures of a test chip as probes see them: a gap between contacts, an inverter.

What a structure has not, such as the gate of a resistor, is open there.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.models.contact_ladder import ContactLadder, resistance
from sim_backends.models.inverter_gate import InverterGate, output_voltage, supply_current
from sim_backends.models.noise import Drift

INSULATOR = 1e-14
"""S through a gate's insulator."""


@dataclass(frozen=True)
class LadderGap:
    """Gap number `gap` of a `ladder` whose gaps are `wider` in m than they were seen; its contacts
    are led to the drain's and the source's probes, two each."""

    ladder: ContactLadder
    gap: int
    wider: float

    def gate_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """0 A: there is no gate."""
        return 0.0

    def drain_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Current in A at `drain` in V."""
        return drain / resistance(self.ladder, self.gap, temperature, self.wider)

    def drain_voltage(self, gate: float, current: float, temperature: float, t: float) -> float:
        """Voltage in V at `current` in A."""
        return current * resistance(self.ladder, self.gap, temperature, self.wider)

    def output(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """0 V: there is no output."""
        return 0.0


@dataclass(frozen=True)
class InverterStructure:
    """An inverter `gate`: input at the gate's probe, supply at the drain's; `wander` in V moves the
    driver's threshold."""

    logic: InverterGate
    wander: Drift

    def gate_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Current in A through the insulator."""
        return gate * INSULATOR

    def drain_current(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Supply current in A."""
        return supply_current(self.logic, gate, drain, temperature, self.wander.at(t))

    def drain_voltage(self, gate: float, current: float, temperature: float, t: float) -> float:
        """Supply in V; a current that is driven into it is not modelled, the supply stays open."""
        return 0.0

    def output(self, gate: float, drain: float, temperature: float, t: float) -> float:
        """Output in V."""
        return output_voltage(self.logic, gate, drain, temperature, self.wander.at(t))
