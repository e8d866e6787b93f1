"""A steady-state solar simulator of light-emitting diodes, class AAA (IEC 60904-9:2020).

Irradiance in the reference plane = level x gain error x warm-up droop x decline with lamp hours x
(1 + slow drift), momentarily x (1 + flicker). The level follows its set
value with a time constant of 2 s.
"""

from __future__ import annotations

from math import exp, inf

from sim_backends.models.noise import Drift, Flicker

LAG = 2.0
"""Time constant of the level in s."""

WARM_UP = 900.0
"""Warm-up time in s, after which the droop is 0.04 % of the level."""

_DROOP = 0.06
_DROOP_TIME = 180.0


class Lamp:
    """A lamp that is off, with its shutter closed.

    `gain`: true over set irradiance; `decline`: relative loss per s of burning; `drift` and
    `flicker` relative. Times never go back.
    """

    def __init__(
        self, *, gain: float, decline: float, drift: Drift, flicker: Flicker, t0: float
    ) -> None:
        self._gain, self._decline = gain, decline
        self._drift, self._flicker = drift, flicker
        self._target = self._from = 0.0
        self._changed = t0
        self._lit = t0
        self._burnt = 0.0
        self.shutter_open = False

    def emit(self, irradiance: float, t: float) -> None:
        """Set the level to `irradiance` in W/m2 from `t` on; 0 switches the lamp off."""
        self._from = self._level(t)
        self._burnt = self.burnt(t)
        if self._target == 0.0:
            self._lit = t
        self._target, self._changed = irradiance, t

    def burnt(self, t: float) -> float:
        """Seconds the lamp has burnt until `t`."""
        return self._burnt + (t - self._changed if self._target > 0.0 else 0.0)

    def _level(self, t: float) -> float:
        return self._target + (self._from - self._target) * exp((self._changed - t) / LAG)

    def flicker(self, t: float) -> float:
        """Momentary over mean irradiance at `t`, about 1."""
        return 1.0 + self._flicker.at(t)

    def irradiance(self, t: float) -> float:
        """Irradiance in W/m2 in the reference plane at `t` without the flicker, as if the shutter
        were open."""
        level = self._level(t)
        if level < 1e-9:
            return 0.0
        droop = 1.0 - _DROOP * exp((self._lit - t) / _DROOP_TIME)
        aged = 1.0 - self._decline * self.burnt(t)
        return level * self._gain * droop * aged * (1.0 + self._drift.at(t))

    def steady_for(self, t: float) -> float:
        """How long in s from `t` on the irradiance is straight enough for a trapezium."""
        since = t - self._changed
        if since < 16.0 * LAG:
            return 0.5 * LAG
        if t - self._lit < 2.0 * WARM_UP and self._target > 0.0:
            return 0.25 * _DROOP_TIME
        return inf
