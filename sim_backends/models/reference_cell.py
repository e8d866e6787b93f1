"""A reference solar cell across a shunt: a small voltage proportional to irradiance.

Linear, World Photovoltaic Scale style packaged cell, thermostatted at 25 degC (IEC 60904-2).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReferenceCell:
    """`responsivity`: true value in V per W/m2; `shunt` resistance in ohm."""

    responsivity: float
    shunt: float

    def voltage(self, current: float, irradiance: float) -> float:
        """Voltage in V across the shunt at `irradiance` in W/m2 while `current` in A is driven
        into it."""
        return self.responsivity * irradiance + current * self.shunt

    def current(self, voltage: float, irradiance: float) -> float:
        """Current in A into the shunt with `voltage` in V across it."""
        return (voltage - self.responsivity * irradiance) / self.shunt
