"""A thermal block of known behaviour (ThermalPort)."""

from __future__ import annotations

from math import exp


class Block:
    """A block that rests at `ambient` degC; full power takes it `rise` K above that, with the time
    constant `tau` s: tau dT/dt = ambient + power rise - T, solved exactly."""

    def __init__(self, ambient: float, *, rise: float = 60.0, tau: float = 200.0) -> None:
        self.ambient = ambient
        self._rise = rise
        self._tau = tau
        self._value = ambient
        self._power = 0.0
        self._t: float | None = None

    def temperature(self, t: float) -> float:
        """Temperature in degC."""
        self._advance(t)
        return self._value

    def heat(self, power: float, t: float) -> None:
        """Drive with `power` of -1..1, the dimensionless share of full power."""
        self._advance(t)
        self._power = power

    def _advance(self, t: float) -> None:
        dt = 0.0 if self._t is None else max(t - self._t, 0.0)
        rest = self.ambient + self._rise * self._power
        self._value = rest + (self._value - rest) * exp(-dt / self._tau)
        self._t = t
