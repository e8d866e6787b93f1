"""A platinum thermometer at a place whose temperature changes."""

from __future__ import annotations

from collections.abc import Callable

from sim_backends.models.reference.thermocouple import platinum


class PlatinumProbe:
    """A platinum resistor of 100 ohm where it is `celsius` degC at a time in s (ElectricalPort);
    `error` in K is what it has above that."""

    def __init__(self, celsius: Callable[[float], float], error: float = 0.0) -> None:
        self._celsius = celsius
        self._error = error

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V at `current` in A."""
        return current * self._ohms(t)

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V."""
        return voltage / self._ohms(t)

    def disconnect(self, t: float) -> None:
        """A resistor keeps no state."""

    def _ohms(self, t: float) -> float:
        return platinum(self._celsius(t) + self._error)
