"""A rack of a battery cycler with cells alike, whatever format its software exports.

A test takes hours; of the many channels of the rack one ends at a time, and is exported.

Constant-current cycles with rests, logged once every `EVERY` s and at the end of each step.
Remembered figures of a 10 mA channel: 0.05 % of range for current and voltage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.specimens.cycled_cell import CycledCellPort, Stage

CURRENT, CYCLES, REST = 2e-3, 3, 300.0
"""The program: current in A, cycles, rest in s before each charge and discharge."""

EVERY = 60.0
"""Seconds between logged points."""

AMPERES = Spec(range=10e-3, gain=0.0, offset=5e-6, noise=2e-7)
VOLTS = Spec(range=5.0, gain=0.0, offset=2.5e-3, noise=1e-4)
"""Errors of current in A and voltage in V."""


@dataclass(frozen=True)
class Point:
    """A line of the log: numbers from 1; `time` since the start of the test and `step_time` in s;
    V, A (charge positive); `charge` in C and `energy` in J of the step so far, both positive."""

    number: int
    cycle: int
    step: int
    kind: str
    time: float
    step_time: float
    voltage: float
    current: float
    charge: float
    energy: float


class CyclingChannel:
    """A channel and its errors, with the cell in `port`."""

    def __init__(self, port: CycledCellPort, rng: np.random.Generator) -> None:
        self._port = port
        self._current = Channel([AMPERES], rng)
        self._voltage = Channel([VOLTS], rng)

    @property
    def seconds(self) -> float:
        """How long a test takes in s."""
        return sum(stage.seconds for stage in self._port.stages(CURRENT, CYCLES, REST))

    @property
    def points(self) -> int:
        """Points of a whole log."""
        stages = self._port.stages(CURRENT, CYCLES, REST)
        return sum(len(moments(stage.seconds)) for stage in stages)

    def log(self) -> Iterator[Point]:
        """The log of a whole test; the cell sees the current that truly flows."""
        number, start = 0, 0.0
        for step, stage in enumerate(self._port.stages(CURRENT, CYCLES, REST), 1):
            charge = energy = before = 0.0
            for moment in moments(stage.seconds):
                number += 1
                point = self._point(number, step, stage, start, moment)
                charge += abs(point.current) * (moment - before)
                energy += abs(point.current) * point.voltage * (moment - before)
                before = moment
                yield _with(point, charge, energy)
            start += stage.seconds

    def _point(self, number: int, step: int, stage: Stage, start: float, moment: float) -> Point:
        share = moment / stage.seconds
        voltage = stage.first + share * (stage.last - stage.first)
        current = 0.0 if stage.current == 0.0 else self._current.convert(stage.current, 0)
        told = self._voltage.convert(voltage, 0)
        return Point(
            number, stage.cycle, step, kind(stage), start + moment, moment, told, current, 0.0, 0.0
        )


def _with(point: Point, charge: float, energy: float) -> Point:
    return replace(point, charge=charge, energy=energy)


def kind(stage: Stage) -> str:
    """`charge`, `discharge` or `rest`."""
    if stage.current == 0.0:
        return "rest"
    return "charge" if stage.current > 0.0 else "discharge"


def moments(seconds: float) -> list[float]:
    """Times in s after the start of a step of `seconds` at which it is logged."""
    return [EVERY * i for i in range(int(seconds / EVERY) + 1) if EVERY * i < seconds] + [seconds]
