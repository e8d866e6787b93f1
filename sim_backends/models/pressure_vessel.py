"""A vessel whose pressure follows a regulator, and the port of a transducer screwed into it."""

from __future__ import annotations

from math import exp
from typing import Protocol


class VesselPort(Protocol):
    """A pressure transducer's connection."""

    def pressure(self, t: float) -> float:
        """Absolute pressure in Pa at time `t`."""
        ...

    def temperature(self, t: float) -> float:
        """Temperature of the connection in degC at time `t`."""
        ...


class PressureVessel:
    """A vessel at rest at `pressure` in Pa (absolute) and `temperature` in degC; fits `VesselPort`.

    `fill` lets it follow a regulator with the time constant `tau` s: tau dp/dt = p_set - p, solved
    exactly.
    """

    def __init__(self, pressure: float, temperature: float, *, tau: float = 2.0) -> None:
        self._pressure = self._aim = pressure
        self._temperature = temperature
        self._tau = tau
        self._t: float | None = None

    def fill(self, pressure: float, t: float) -> None:
        """From `t` on the regulator is set to `pressure` in Pa (absolute)."""
        self._advance(t)
        self._aim = pressure

    def pressure(self, t: float) -> float:
        """Absolute pressure in Pa."""
        self._advance(t)
        return self._pressure

    def temperature(self, t: float) -> float:
        """Temperature in degC."""
        return self._temperature

    def _advance(self, t: float) -> None:
        dt = 0.0 if self._t is None else max(t - self._t, 0.0)
        self._pressure = self._aim + (self._pressure - self._aim) * exp(-dt / self._tau)
        self._t = t
