"""Repeating voltages, as an oscilloscope's probe meets them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
_POINTS = 4096


class SignalPort(Protocol):
    """A point of a circuit against ground."""

    def voltage(self, t: FloatArray) -> FloatArray:
        """Voltage in V at each of the run times `t` in s."""
        ...

    def mean(self) -> float:
        """Direct part of the voltage in V, which AC coupling keeps away."""
        ...

    def crossing(self, level: float, rising: bool, after: float) -> float | None:
        """First run time in s from `after` on at which the voltage passes `level` in V that way;
        None where it never does."""
        ...


@dataclass(frozen=True)
class PeriodicSignal:
    """`shape` maps phases 0..1 to V, `frequency` in Hz; fits `SignalPort`."""

    shape: Callable[[FloatArray], FloatArray]
    frequency: float

    def voltage(self, t: FloatArray) -> FloatArray:
        """Voltage in V at each of the run times `t` in s."""
        return self.shape((t * self.frequency) % 1.0)

    def mean(self) -> float:
        """Mean over a period in V."""
        return float(np.mean(self.shape((np.arange(_POINTS) + 0.5) / _POINTS)))

    def crossing(self, level: float, rising: bool, after: float) -> float | None:
        """First passage of `level` in V from `after` in s on, to a straight line between points."""
        start = math.floor(after * self.frequency)
        begin = after * self.frequency - start
        phase = begin + np.arange(_POINTS + 1) / _POINTS
        above = self.shape(phase % 1.0) - level
        sign = 1.0 if rising else -1.0
        passed = np.flatnonzero((sign * above[:-1] < 0.0) & (sign * above[1:] >= 0.0))
        if not passed.size:
            return None
        index = int(passed[0])
        part = self._between(float(phase[index]), level, sign)
        return (start + float(phase[index]) + part) / self.frequency

    def _between(self, phase: float, level: float, sign: float) -> float:
        """The part of a point's spacing after `phase` at which the level is passed, by halving."""
        low, high = 0.0, 1.0 / _POINTS
        for _ in range(40):
            middle = (low + high) / 2.0
            value = float(self.shape(np.array([(phase + middle) % 1.0]))[0])
            low, high = (middle, high) if sign * (value - level) < 0.0 else (low, middle)
        return high


def sine(amplitude: float, frequency: float, offset: float = 0.0) -> PeriodicSignal:
    """A sine of `amplitude` in V (peak) and `frequency` in Hz about `offset` in V."""
    return PeriodicSignal(
        lambda phase: offset + amplitude * np.sin(2.0 * math.pi * phase), frequency
    )


def pulse(low: float, high: float, frequency: float, duty: float, edge: float) -> PeriodicSignal:
    """Pulses between `low` and `high` in V at `frequency` in Hz: `high` for the share `duty`,
    straight edges of `edge` s from end to end, the rising one centred at phase 0.25."""
    half = 0.5 * edge * frequency
    knots = [0.25 - half, 0.25 + half, 0.25 + duty - half, 0.25 + duty + half]

    def shape(phase: FloatArray) -> FloatArray:
        return np.interp(phase, knots, [low, high, high, low], period=1.0)

    return PeriodicSignal(shape, frequency)


def still(volts: float = 0.0) -> PeriodicSignal:
    """A direct voltage in V; 0 V is an input with nothing at it."""
    return PeriodicSignal(lambda phase: np.full_like(phase, volts), 1.0)
