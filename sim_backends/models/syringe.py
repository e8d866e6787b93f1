"""A syringe in a pump: the pump moves the plunger, the bore makes a volume of it."""

from __future__ import annotations

from math import pi
from typing import Protocol


class SyringePort(Protocol):
    """What a syringe pump's pusher block is coupled to."""

    def drive(self, speed: float, t: float) -> None:
        """From `t` on the plunger moves at `speed` in m/s, positive towards the outlet (0: it
        stands)."""
        ...


class Syringe:
    """A syringe of true inner `diameter` in m; fits `SyringePort`."""

    def __init__(self, diameter: float, t0: float = 0.0) -> None:
        self.area = pi / 4.0 * diameter**2
        self._speed = 0.0
        self._travel = 0.0
        self._t = t0

    def drive(self, speed: float, t: float) -> None:
        """Move at `speed` in m/s from `t` on."""
        self._advance(t)
        self._speed = speed

    def flow(self) -> float:
        """Flow at the outlet in m3/s."""
        return self._speed * self.area

    def delivered(self, t: float) -> float:
        """Volume in m3 that has left by the outlet until `t`, what was drawn in taken off."""
        self._advance(t)
        return self._travel * self.area

    def _advance(self, t: float) -> None:
        if t > self._t:
            self._travel += self._speed * (t - self._t)
            self._t = t
