"""Point-to-point motion: trapezoidal velocity profiles in mm and s (ESP301 manual, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, sqrt


@dataclass(frozen=True, slots=True)
class Move:
    """From rest at `start` to rest at `target` mm, from run time `began` s on.

    `velocity` in mm/s, `acceleration` and `deceleration` in mm/s2, all positive.
    """

    start: float
    target: float
    velocity: float
    acceleration: float
    deceleration: float
    began: float

    @property
    def end(self) -> float:
        """Run time at which it stands."""
        peak, up, down = self._phases()
        ramps = peak * (up + down) / 2.0
        return self.began + up + down + (abs(self.target - self.start) - ramps) / peak

    def position(self, t: float) -> float:
        """mm at run time `t`."""
        peak, up, down = self._phases()
        left, since = self.end - t, t - self.began
        if left <= 0.0:
            return self.target
        if left < down:
            return self.target - self._sign() * self.deceleration * left * left / 2.0
        if since < up:
            return self.start + self._sign() * self.acceleration * since * since / 2.0
        return self.start + self._sign() * (peak * up / 2.0 + peak * (since - up))

    def speed(self, t: float) -> float:
        """mm/s at run time `t`, with its sign."""
        peak, _, _ = self._phases()
        left, since = self.end - t, t - self.began
        size = min(peak, self.deceleration * left, self.acceleration * since)
        return self._sign() * max(size, 0.0)

    def _sign(self) -> float:
        return copysign(1.0, self.target - self.start)

    def _phases(self) -> tuple[float, float, float]:
        """Peak velocity, and the seconds of its rise and fall; a short way never gets to full."""
        way = abs(self.target - self.start)
        a, d = self.acceleration, self.deceleration
        peak = min(self.velocity, sqrt(2.0 * way * a * d / (a + d))) or self.velocity
        return (peak, peak / a, peak / d) if way else (peak, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Braking:
    """From `start` mm at `initial` mm/s down to rest with `deceleration` in mm/s2."""

    start: float
    initial: float
    deceleration: float
    began: float

    @property
    def end(self) -> float:
        """Run time at which it stands."""
        return self.began + abs(self.initial) / self.deceleration

    @property
    def target(self) -> float:
        """Where it stands then, in mm."""
        return self.start + self.initial * abs(self.initial) / (2.0 * self.deceleration)

    def position(self, t: float) -> float:
        """mm at run time `t`."""
        left = max(self.end - t, 0.0)
        return self.target - copysign(self.deceleration * left * left / 2.0, self.initial)

    def speed(self, t: float) -> float:
        """mm/s at run time `t`, with its sign."""
        return copysign(self.deceleration * max(self.end - t, 0.0), self.initial)
