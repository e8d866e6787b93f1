"""A heated and cooled chuck: two time constants, dead time, ambient, light.

The body (first order) follows heater-cooler, ambient and absorbed light; its sensor follows the
body with a second lag; the drive acts after a dead time. First order plus dead time with sensor
lag: Astrom and Hagglund, Advanced PID Control (2006), ch. 2. Exact for surroundings that change in
a straight line.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True)
class ChuckParameters:
    """`heating` and `cooling`: rise and fall in K at full power; `absorbing`: rise in K per W/m2;
    `body`, `sensor`, `dead` in s: time constants of body and sensor, dead time of the drive."""

    heating: float
    cooling: float
    absorbing: float
    body: float
    sensor: float
    dead: float


class Chuck:
    """A chuck at rest at `ambient` degC at time `t0`, its drive at 0. Times never go back."""

    def __init__(self, parameters: ChuckParameters, ambient: float, t0: float) -> None:
        self._parameters = parameters
        self._drives: deque[tuple[float, float]] = deque()
        self._drive = 0.0
        self._t = t0
        self.body = ambient
        self.sensor = ambient

    def heat(self, power: float, t: float) -> None:
        """Drive with `power`, -1..1 of full power, which acts from `t` + dead time on."""
        self._drives.append((t + self._parameters.dead, min(max(power, -1.0), 1.0)))

    def surroundings(self, ambient: float, irradiance: float) -> float:
        """Temperature in degC to which the undriven body would go at `ambient` in degC under
        `irradiance` in W/m2."""
        return ambient + self._parameters.absorbing * irradiance

    def advance(self, t: float, before: float, after: float) -> float:
        """Go on to `t` while the surroundings go straight from `before` to `after` in degC.

        Returns the mean temperature of the body in degC on the way.
        """
        start, end = self._t, t
        if end <= start:
            return self.body
        slope = (after - before) / (end - start)
        total = 0.0
        while self._drives and self._drives[0][0] <= end:
            at, power = self._drives.popleft()
            total += self._relax(at, before + slope * (self._t - start), slope)
            self._drive = power
        total += self._relax(end, before + slope * (self._t - start), slope)
        return total / (end - start)

    def _relax(self, t: float, surroundings: float, slope: float) -> float:
        """Go on to `t` with one drive; returns the integral of the body's temperature in K s.

        The body aims at r(t) = r0 + k t and trails it by k tau; the sensor trails the body.
        """
        dt = t - self._t
        p = self._parameters
        full = p.heating if self._drive > 0.0 else p.cooling
        aim = surroundings + full * self._drive
        body_trail = slope * p.body
        sensor_trail = body_trail + slope * p.sensor
        off = self.body - aim + body_trail
        share = off * p.body / (p.body - p.sensor)
        slow, fast = exp(-dt / p.body), exp(-dt / p.sensor)
        rest = self.sensor - aim + sensor_trail - share
        self.sensor = aim + slope * dt - sensor_trail + share * slow + rest * fast
        self.body = aim + slope * dt - body_trail + off * slow
        self._t = t
        return (aim + slope * dt / 2 - body_trail) * dt + off * p.body * (1.0 - slow)
