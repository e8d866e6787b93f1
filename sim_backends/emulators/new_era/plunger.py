"""The drive of a New Era pump: speed of the pusher block, volume dispensed, target."""

from __future__ import annotations

from math import pi

import numpy as np

from sim_backends.models.syringe import SyringePort

FASTEST = 5.1005e-2 / 60.0
"""Pusher speed in m/s (NE-1000 specifications: 5.1005 cm/min)."""

SLOWEST = 0.004205e-2 / 3600.0
"""Slowest pusher speed in m/s (0.004205 cm/h)."""

TRUE_GAIN = 0.01
"""Dispensing accuracy +-1 %: half width of the true error of the speed (specifications)."""


class Plunger:
    """Moves the plunger of `port`; volumes in m3 are those the pump believes, by its diameter."""

    def __init__(self, port: SyringePort, rng: np.random.Generator) -> None:
        self._port = port
        self._gain = 1.0 + TRUE_GAIN * float(rng.uniform(-1.0, 1.0))
        self.diameter = 26.59e-3
        self.infused = 0.0
        self.withdrawn = 0.0
        self.left = 0.0
        self._rate = 0.0
        self._target = 0.0
        self._t = 0.0

    @property
    def area(self) -> float:
        """Cross-section in m2 by the set diameter."""
        return pi / 4.0 * self.diameter**2

    @property
    def is_moving(self) -> bool:
        """Whether it moves now."""
        return self._rate != 0.0

    def allows(self, rate: float) -> bool:
        """Whether `rate` in m3/s lies within the speeds of the motor; 0 does."""
        return rate == 0.0 or SLOWEST <= rate / self.area <= FASTEST

    def load(self, target: float) -> None:
        """A new phase: `target` in m3 to be dispensed, 0 for no end."""
        self._target = self.left = target

    def run(self, rate: float, t: float) -> None:
        """From `t` on pump `rate` in m3/s, negative draws in; 0 stands."""
        self.advance(t)
        self._rate = rate
        self._port.drive(self._gain * rate / self.area, t)

    def ends(self) -> float | None:
        """When the target is reached; None without one, or while it stands."""
        if not self._rate or not self._target:
            return None
        return self._t + self.left / abs(self._rate)

    def advance(self, t: float) -> bool:
        """Go on to `t`; whether the target was reached on the way, where it stands then."""
        end = self.ends()
        reached = end is not None and end <= t
        self._move(end if end is not None and reached else t)
        if reached:
            self._rate, self.left = 0.0, 0.0
            self._port.drive(0.0, self._t)
        self._t = max(self._t, t)
        return reached

    def clear(self, direction: str) -> None:
        """The counter of `direction` INF or WDR to zero."""
        if direction == "INF":
            self.infused = 0.0
        else:
            self.withdrawn = 0.0

    def _move(self, t: float) -> None:
        moved = self._rate * max(t - self._t, 0.0)
        if moved > 0.0:
            self.infused += moved
        else:
            self.withdrawn -= moved
        if self._target:
            self.left = max(self.left - abs(moved), 0.0)
        self._t = max(self._t, t)
