"""Control loop of one output of a Lake Shore 336: ramp, PI and heater range."""

from __future__ import annotations

import math
from dataclasses import dataclass

OUTPUTS = (1, 2, 3, 4)
OFF, CLOSED_LOOP = 0, 1
"""Modes of an output."""

POWERS = (0.0, 0.01, 0.1, 1.0)
"""Share of full heater power on the ranges off, low, medium, high: decades in power."""

FASTEST = 100.0
"""Highest ramp rate in K/min."""


@dataclass(slots=True)
class Loop:
    """Settings and state; temperatures in K, `rate` in K/min, `output` in % of the range's current.

    `proportional` in % per K, `integral` such that its time constant is 1000 s divided by it
    (0: off). `sensor` is the number of the input, 0 for none.
    """

    mode: int = CLOSED_LOOP
    sensor: int = 1
    powerup: int = 0
    range: int = 0
    target: float = 0.0
    setpoint: float = 0.0
    ramps: int = 0
    rate: float = 0.0
    proportional: float = 50.0
    integral: float = 20.0
    derivative: float = 0.0
    manual: float = 0.0
    output: float = 0.0
    sum: float = 0.0

    @property
    def is_on(self) -> bool:
        """Whether the output heats or may heat."""
        return self.range > 0 and self.mode != OFF

    @property
    def is_ramping(self) -> bool:
        """Whether the set point is on its way."""
        return self.setpoint != self.target

    @property
    def power(self) -> float:
        """Share of full heater power, 0..1; the output is that of the current."""
        return POWERS[self.range] * (self.output / 100.0) ** 2

    def aim(self, kelvin: float) -> None:
        """A new set point in K, at once or by the ramp."""
        self.target = kelvin
        if not self.ramps or self.rate <= 0.0:
            self.setpoint = kelvin

    def begin(self) -> None:
        """Control starts with an empty integral."""
        self.sum = self.output = 0.0

    def step(self, kelvin: float, dt: float) -> None:
        """`dt` s more of ramp and control at the reading `kelvin` (0: no good reading, no heat)."""
        self._ramp(dt)
        if not self.is_on or self.mode != CLOSED_LOOP or self.sensor != 1 or kelvin <= 0.0:
            self.begin()
            return
        error = self.setpoint - kelvin
        change = self.proportional * error * self.integral / 1000.0 * dt
        wanted = self.manual + self.proportional * error + self.sum + change
        self.output = min(max(wanted, 0.0), 100.0)
        if wanted == self.output:
            self.sum += change

    def _ramp(self, dt: float) -> None:
        most = self.rate / 60.0 * dt
        left = self.target - self.setpoint
        if not self.ramps or self.rate <= 0.0 or abs(left) <= most:
            self.setpoint = self.target
        else:
            self.setpoint += math.copysign(most, left)
