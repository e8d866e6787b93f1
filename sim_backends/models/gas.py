"""Air in a small chamber: composition, temperature, humidity and pressure.

The chamber is well mixed. What flows in displaces what was there, so a change of the inlet arrives
with the time constant volume / flow (the ideal stirred tank; Levenspiel, Chemical Reaction
Engineering, 3rd ed., chapter 13). Without flow the mixture rests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp
from typing import Protocol

STANDARD_PRESSURE = 101325.0
"""Pa; gas sensors are calibrated there."""


class GasPort(Protocol):
    """A gas sensor's window to the air around it."""

    def carbon_dioxide(self, t: float) -> float:
        """Mole fraction of CO2, 0..1, at time `t`."""
        ...

    def temperature(self, t: float) -> float:
        """Temperature in degC at time `t`."""
        ...

    def humidity(self, t: float) -> float:
        """Relative humidity in % at time `t`."""
        ...

    def pressure(self, t: float) -> float:
        """Absolute pressure in Pa at time `t`."""
        ...


@dataclass(frozen=True, slots=True)
class Air:
    """A gas mixture: `carbon_dioxide` mole fraction, `temperature` degC, `humidity` % relative,
    `pressure` Pa."""

    carbon_dioxide: float = 800e-6
    temperature: float = 25.0
    humidity: float = 45.0
    pressure: float = STANDARD_PRESSURE


def still(t: float) -> float:
    """No disturbance at any time."""
    return 0.0


class GasChamber:
    """A chamber of `volume` m3 that holds `air`, fed from `t0` s on; fits `GasPort`.

    `warming` is a slow disturbance of the temperature in K as a function of time.
    """

    def __init__(
        self,
        air: Air,
        *,
        volume: float = 1e-3,
        warming: Callable[[float], float] = still,
        t0: float = 0.0,
    ) -> None:
        self.air = air
        self._volume = volume
        self._warming = warming
        self._inside = air.carbon_dioxide
        self._inlet = air.carbon_dioxide
        self._flow = 0.0
        self._t = t0

    def feed(self, carbon_dioxide: float, flow: float, t: float) -> None:
        """From `t` on let in gas with this mole fraction of CO2 at `flow` m3/s (0: closed)."""
        self._advance(t)
        self._inlet, self._flow = carbon_dioxide, flow

    def carbon_dioxide(self, t: float) -> float:
        """Mole fraction of CO2, 0..1."""
        self._advance(t)
        return self._inside

    def temperature(self, t: float) -> float:
        """Temperature in degC."""
        return self.air.temperature + self._warming(t)

    def humidity(self, t: float) -> float:
        """Relative humidity in %."""
        return self.air.humidity

    def pressure(self, t: float) -> float:
        """Absolute pressure in Pa."""
        return self.air.pressure

    def _advance(self, t: float) -> None:
        if t <= self._t:
            return
        left = exp(-(t - self._t) * self._flow / self._volume)
        self._inside = self._inlet + (self._inside - self._inlet) * left
        self._t = t


def lagged(y: float, x0: float, x1: float, dt: float, tau: float) -> float:
    """First-order lag `tau` s after `dt` s from `y`, its input going straight from `x0` to `x1`.

    Exact solution of tau dy/dt = x - y.
    """
    if dt <= 0:
        return y
    slope = (x1 - x0) / dt
    return x1 - slope * tau + (y - x0 + slope * tau) * exp(-dt / tau)
