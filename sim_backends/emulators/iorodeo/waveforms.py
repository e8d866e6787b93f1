"""The tests of the firmware: the potential as a function of time, and when each is over.

Firmware FW0.1.0, ps_*_test.cpp. Times are whole microseconds from the start of the test, potentials
in V. A sweep of no duration and a wave of no period, on which the firmware divides by zero, are
over at once here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sim_backends.emulators.iorodeo.arduino_json import single

Values = Mapping[str, Any]
"""Parameters by the firmware's names, times in us."""


class Test:
    """A waveform with its parameters; the base holds `quietValue` for `quietTime`."""

    __test__ = False  # no test case, whatever a test runner makes of its name

    def __init__(self, name: str, **values: Any) -> None:
        self.name = name
        self.values: dict[str, Any] = {"quietValue": 0.0, "quietTime": 0, **values}
        self.period = 10_000
        """Sample period in us."""

    @property
    def quiet(self) -> int:
        """Microseconds before the waveform."""
        return self.values["quietTime"]

    @property
    def done(self) -> int:
        """Microseconds after which the test is over."""
        return self.quiet + self.duration()

    def at(self, t: int) -> float:
        """Potential in V at `t` us."""
        return self.values["quietValue"] if t < self.quiet else self.shape(t - self.quiet)

    def duration(self) -> int:
        """Microseconds that the waveform takes."""
        raise NotImplementedError

    def shape(self, s: int) -> float:
        """Potential in V, `s` us after the quiet time."""
        raise NotImplementedError

    def span(self) -> tuple[float, float]:
        """Lowest and highest potential in V, for which the range is chosen."""
        raise NotImplementedError

    def _with_quiet(self, *potentials: float) -> tuple[float, float]:
        every = (*potentials, self.values["quietValue"])
        return min(every), max(every)


class Constant(Test):
    """One potential."""

    def duration(self) -> int:
        """As set."""
        return self.values["duration"]

    def shape(self, s: int) -> float:
        """The value."""
        return self.values["value"]

    def span(self) -> tuple[float, float]:
        """With the quiet value."""
        return self._with_quiet(self.values["value"])


class LinearSweep(Test):
    """From start to final value."""

    def duration(self) -> int:
        """As set."""
        return self.values["duration"]

    def shape(self, s: int) -> float:
        """A ramp."""
        v = self.values
        part = s / v["duration"] if v["duration"] else 1.0
        return v["startValue"] + (v["finalValue"] - v["startValue"]) * part

    def span(self) -> tuple[float, float]:
        """With the quiet value."""
        return self._with_quiet(self.values["startValue"], self.values["finalValue"])


class Periodic(Test):
    """A wave about an offset."""

    def duration(self) -> int:
        """All cycles."""
        return self.values["numCycles"] * self.values["period"]

    def shape(self, s: int) -> float:
        """The wave, shifted by a part of its period."""
        v = self.values
        if not v["period"]:
            return v["offset"]
        shift = v["shift"] if math.isfinite(v["shift"]) else 0.0
        phase = (s + int(max(shift, 0.0) * v["period"])) % v["period"] / v["period"]
        return v["offset"] + v["amplitude"] * self.wave(phase)

    def wave(self, phase: float) -> float:
        """Unit wave at `phase`, 0..1."""
        raise NotImplementedError

    def span(self) -> tuple[float, float]:
        """Without the quiet value, as the firmware."""
        v = self.values
        return v["offset"] - v["amplitude"], v["offset"] + v["amplitude"]


class Cyclic(Periodic):
    """A triangle that begins at its lowest point."""

    def wave(self, phase: float) -> float:
        """Up in the first half, down in the second."""
        return 4.0 * (phase if phase < 0.5 else 1.0 - phase) - 1.0


class Sinusoid(Periodic):
    """A sine; the firmware takes it from a table of 300 points."""

    def wave(self, phase: float) -> float:
        """The sine."""
        return math.sin(2.0 * math.pi * phase)


class Steps(Test):
    """Potentials one after the other; at most `most` of them."""

    def __init__(self, name: str, most: int, count: int) -> None:
        steps = [[1_000_000, -0.5 if index % 2 else 0.5] for index in range(count)]
        super().__init__(name, step=steps)
        self.most = most

    def duration(self) -> int:
        """All steps."""
        return sum(step[0] for step in self.values["step"])

    def shape(self, s: int) -> float:
        """The step that ends at or after `s`."""
        end = 0
        for duration, value in self.values["step"]:
            end += duration
            if s <= end:
                return value
        return 0.0

    def span(self) -> tuple[float, float]:
        """Without the quiet value, as the firmware."""
        values = [step[1] for step in self.values["step"]] or [0.0]
        return min(values), max(values)


class Staircase(Test):
    """A staircase, one step a sample period; what lies on it is the subclass's."""

    def duration(self) -> int:
        """All steps and one more."""
        v = self.values
        if not v["stepValue"] > 0.0:
            return 0
        steps = single(abs(v["finalValue"] - v["startValue"]) / v["stepValue"])
        return (math.ceil(steps) + 1) * self.period if math.isfinite(steps) else 0

    def stair(self, t: int) -> float:
        """The staircase at `t` us."""
        v = self.values
        if t < self.quiet:
            return v["quietValue"]
        low, high = sorted((v["startValue"], v["finalValue"]))
        rise = v["stepValue"] * ((t - self.quiet) // self.period) * self.sign
        return min(max(v["startValue"] + rise, low), high)

    @property
    def sign(self) -> float:
        """1 for a staircase that goes up, else -1."""
        return 1.0 if self.values["startValue"] <= self.values["finalValue"] else -1.0

    def first_half(self, s: int) -> bool:
        """Whether `s` lies in the first half of a step."""
        return s % self.period < self.period // 2

    def in_window(self, s: int) -> bool:
        """Whether the current at `s` counts: the last part of a half step, `window` of it."""
        half = self.period // 2
        left = (
            half - 1 - s % self.period if self.first_half(s) else self.period - 1 - s % self.period
        )
        return left < max(1, int((half - 1) * self.values["window"]))


class SquareWave(Staircase):
    """A square wave: up in the first half of a step, down in the second."""

    def shape(self, s: int) -> float:
        """Staircase and wave."""
        size = self.values["amplitude"]
        return self.stair(s + self.quiet) + (size if self.first_half(s) else -size)

    def span(self) -> tuple[float, float]:
        """With wave and quiet value."""
        v = self.values
        low, high = sorted((v["startValue"], v["finalValue"]))
        return self._with_quiet(low - v["amplitude"], high + v["amplitude"])


class DifferentialPulse(Staircase):
    """A pulse upwards in the first half of each step but the first."""

    def shape(self, s: int) -> float:
        """Staircase and pulse."""
        pulsed = s >= self.period and self.first_half(s)
        return self.stair(s + self.quiet) + (self.values["pulseValue"] if pulsed else 0.0)

    def span(self) -> tuple[float, float]:
        """As the firmware: the pulse is added on the side to which the staircase goes."""
        v = self.values
        low, high = sorted((v["startValue"], v["finalValue"]))
        return (low, high + v["pulseValue"]) if self.sign > 0.0 else (low - v["pulseValue"], high)


def every_test() -> dict[str, Test]:
    """The tests by name, with the values at power-on, in the firmware's order."""
    wave = {"amplitude": 1.0, "offset": 0.0, "period": 1_000_000, "numCycles": 10, "shift": 0.0}
    stair = {"startValue": -0.5, "finalValue": 0.5, "stepValue": 0.005}
    tests = (
        Cyclic("cyclic", **wave), Sinusoid("sinusoid", **wave),
        Constant("constant", value=1.0, duration=5_000_000),
        SquareWave("squareWave", **stair, amplitude=0.025, window=0.2),
        LinearSweep("linearSweep", startValue=-0.5, finalValue=0.5, duration=2_000_000),
        Steps("chronoamp", 2, 2), Steps("multiStep", 50, 5),
        DifferentialPulse("differentialPulse", **stair, pulseValue=0.025, window=0.2),
    )  # fmt: skip
    return {test.name: test for test in tests}
