"""A resistor, alone or in series with a voltage source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReferenceResistor:
    """`ohms` in Ohm in series with an ideal source of `volts` in V.

    Fits `ElectricalPort` and `ElectrochemicalPort`; with a large `ohms` it is an open circuit
    potential of `volts` that a meter does not load.
    """

    ohms: float
    volts: float = 0.0

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V."""
        return (voltage - self.volts) / self.ohms

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V at `current` in A."""
        return self.volts + current * self.ohms

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """The resistance in Ohm at every frequency in Hz."""
        return complex(self.ohms)

    def disconnect(self, t: float) -> None:
        """A resistor keeps no state."""
