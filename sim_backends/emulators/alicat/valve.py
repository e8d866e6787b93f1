"""The valve of a controller: a first-order loop behind a set point that may ramp."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sim_backends.emulators.alicat.element import Element
from sim_backends.models.gas import lagged

TAU = 0.1
"""Time constant in s of the loop: 0.3 s to within 5 % (100 ms typical, data sheet, remembered)."""

AT_REST = 1e-5
"""Opening that is no longer followed."""


class Mode(StrEnum):
    """What drives the valve: the loop, or a hold at its place or shut."""

    CONTROL = "control"
    HOLD = "hold"
    CLOSED = "closed"


class Valve:
    """The valve before `element`; `opening` is 0..1, set points are in SLPM as displayed."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self.mode = Mode.CONTROL
        self.requested = 0.0
        self.setpoint = 0.0
        self.ramp = 0.0
        self.opening = 0.0
        self.passed = 0.0
        self._t: float | None = None

    def request(self, value: float) -> None:
        """A new set point in SLPM; it is reached at once unless there is a `ramp` in SLPM/s."""
        self.requested = value
        if self.ramp <= 0.0:
            self.setpoint = value

    def advance(self, t: float) -> None:
        """Go on to `t`; `passed` grows by the integral of the opening in s."""
        if self._t is None:
            self._t = t
        for end in self._pieces(t):
            dt = end - self._t
            before = self._aim(self._t)
            self._climb(dt)
            after = self._aim(end)
            opening = lagged(self.opening, before, after, dt, TAU)
            # tau dy/dt = x - y, so the integral of y is that of x less tau times the rise of y.
            self.passed += (before + after) / 2.0 * dt - TAU * (opening - self.opening)
            self.opening, self._t = opening, end

    def at_rest(self, t: float) -> bool:
        """Whether opening and set point stay as they are."""
        return self.setpoint == self.requested and abs(self._aim(t) - self.opening) < AT_REST

    def _pieces(self, t: float) -> Iterator[float]:
        """Times up to `t` between which the set point goes straight."""
        if self._t is None or t <= self._t:
            return
        if self.ramp > 0.0:
            reached = self._t + abs(self.requested - self.setpoint) / self.ramp
            if self._t < reached < t:
                yield reached
        yield t

    def _climb(self, dt: float) -> None:
        left = self.requested - self.setpoint
        step = self.ramp * dt
        if self.ramp <= 0.0 or abs(left) <= step * (1.0 + 1e-12):
            self.setpoint = self.requested
        else:
            self.setpoint += step if left > 0.0 else -step

    def _aim(self, t: float) -> float:
        """Opening at which the display shows the set point, or as far as the valve goes."""
        if self.mode is Mode.HOLD:
            return self.opening
        if self.mode is Mode.CLOSED or self.setpoint <= 0.0:
            return 0.0
        shut, more = self._element.response(t)
        return min(max((self.setpoint - shut) / more, 0.0), 1.0) if more > 0.0 else 1.0
