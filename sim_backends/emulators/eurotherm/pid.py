"""The control loop of the 3216: filtered input, working set point, PID, output limits.

Positional PID with derivative on the process value and the integral held while the output is at
its limit (Astrom and Hagglund, Advanced PID Control, 2006, chapter 3).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

GENTLE = 40.0
"""Steps in s beyond which the gain falls with the step's length: a gain that suits a loop that
looks all the time drives a body too far that is left alone for much of its time constant."""

SLOW = 120.0
"""Steps in s beyond which the integral grows no more with the step's length, for the same reason:
it corrects part of a deviation at each step, and a body that has come to rest shows all of it."""


@dataclass(slots=True)
class Tuning:
    """`band` proportional band in K for 100 % output, `integral` and `derivative` in s (0: off)."""

    band: float = 10.0
    integral: float = 120.0
    derivative: float = 8.0


@dataclass(slots=True)
class Loop:
    """State of the loop; output in %, temperatures in degC, times in s."""

    tuning: Tuning
    low: float = -100.0
    high: float = 100.0
    rate: float = 0.0
    filter_time: float = 1.6
    setpoint: float = 20.0
    value: float = math.nan
    output: float = 0.0
    sum: float = 0.0
    slope: float = 0.0

    def filtered(self, measured: float, dt: float) -> float:
        """The process value after `dt` more seconds of first-order input filter."""
        if math.isnan(self.value) or self.filter_time <= 0:
            new = measured
        else:
            new = measured + (self.value - measured) * math.exp(-dt / self.filter_time)
        if dt > 0 and not math.isnan(self.value):
            self.slope = (new - self.value) / dt
        self.value = new
        return new

    def ramp(self, target: float, dt: float) -> None:
        """Move the working set point to `target`, at `rate` K/min where one is set."""
        step = self.rate / 60.0 * dt
        if self.rate <= 0 or abs(target - self.setpoint) <= step:
            self.setpoint = target
        else:
            self.setpoint += math.copysign(step, target - self.setpoint)

    def control(self, dt: float) -> float:
        """The output after `dt` more seconds."""
        tuning = self.tuning
        error = self.setpoint - self.value
        gain = 100.0 / tuning.band * (GENTLE / dt if dt > GENTLE else 1.0)
        wanted = gain * (error - tuning.derivative * self.slope)
        change = gain * error * min(dt, SLOW) / tuning.integral if tuning.integral else 0.0
        unlimited = wanted + self.sum + change
        self.output = min(max(unlimited, self.low), self.high)
        winding = unlimited != self.output and (unlimited - self.output) * error > 0
        if not winding:
            self.sum = min(max(self.sum + change, self.low), self.high)
        return self.output

    def take_over(self, output: float) -> None:
        """Bumpless transfer: the integral begins such that the output is `output`."""
        error = self.setpoint - (self.setpoint if math.isnan(self.value) else self.value)
        self.sum = min(max(output - 100.0 * error / self.tuning.band, self.low), self.high)
        self.output = output
        self.slope = 0.0
