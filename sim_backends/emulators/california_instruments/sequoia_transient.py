"""Levels and transients of a Sequoia as segments of a source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim_backends.emulators.accuracy import Channel
from sim_backends.emulators.california_instruments.sequoia_specs import (
    ANGLE_SPEC,
    FREQUENCY_SPEC,
    LATE,
    PHASES,
    RISE,
    SLEW,
    VOLTAGE_SPECS,
)
from sim_backends.models.power_ports import GridSegment


@dataclass(frozen=True, slots=True)
class Point:
    """Set levels: voltages in V by phase, frequency in Hz, phase in degrees, for `dwell` s; `mark`
    asks for a pulse of the trigger output."""

    volts: tuple[float, ...]
    frequency: float
    phase: float
    dwell: float = math.inf
    mark: bool = False


class Making:
    """Makes segments with the true errors of one source of `phases` phases that are wired."""

    def __init__(self, phases: int, rng: np.random.Generator) -> None:
        self._voltage = [Channel(VOLTAGE_SPECS, rng) for _ in range(PHASES)][:phases]
        self._clock, self._angle = Channel([FREQUENCY_SPEC], rng), Channel([ANGLE_SPEC], rng)
        self._rng = rng
        self._rate = self._clock.convert(1.0, 0)

    def true(self, point: Point, index: int) -> GridSegment:
        """The levels of `point` as they come out in voltage range `index`."""
        volts = tuple(
            max(channel.convert(one, index), 0.0) if one else 0.0
            for channel, one in zip(self._voltage, point.volts, strict=False)
        )
        dwell = point.dwell / self._rate
        return GridSegment(volts, self._clock.convert(point.frequency, 0), dwell)

    def late(self) -> float:
        """Seconds by which the next transient comes after its trigger."""
        return float(self._rng.uniform(0.0, LATE))

    def segments(
        self, now: GridSegment, phase: float, points: Sequence[Point], index: int
    ) -> list[GridSegment]:
        """From what comes out `now` at set `phase` in degrees through all `points`."""
        made: list[GridSegment] = []
        for point in points:
            jump = self._jump(point.phase - phase)
            made += _step(now, self.true(point, index), jump)
            now, phase = made[-1], point.phase
        return made

    def _jump(self, degrees: float) -> float:
        return math.radians(self._angle.convert(degrees, 0)) if degrees else 0.0


def _step(now: GridSegment, to: GridSegment, jump: float) -> list[GridSegment]:
    """The voltage goes to its new value at the slew of the amplifier, within the dwell."""
    furthest = max(abs(a - b) for a, b in zip(now.voltage, to.voltage, strict=True))
    rise = max(furthest / SLEW, RISE)
    if furthest == 0.0 or rise >= to.duration:
        return [replace(to, phase_jump=jump)]
    ramp = GridSegment(now.voltage, to.frequency, rise, voltage_end=to.voltage, phase_jump=jump)
    return [ramp, replace(to, duration=to.duration - rise)]
