"""A source that imposes voltage, frequency and phase: segments, each straight in both.

The angle is the integral of the frequency and so quadratic within a segment; jumps of the phase
come at the beginning of one. Voltages are sines: harmonics of a segment are not modelled. What was
is known for `KEPT` seconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, pi

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.power_ports import GridSegment

Array = NDArray[np.float64]

KEPT = 30.0
"""Seconds for which the past is known: longer than an oscilloscope's record takes to be read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """From `start` s on: rms voltages in V and their slopes in V/s by phase, frequency in Hz and
    its slope in Hz/s, the `angle` in rad at its start, a jump of the phase there in it."""

    start: float
    voltage: tuple[float, ...]
    voltage_slope: tuple[float, ...]
    frequency: float
    slope: float
    angle: float

    def angle_at(self, t: float) -> float:
        """Angle in rad at `t` within the piece."""
        s = t - self.start
        return self.angle + 2.0 * pi * (self.frequency * s + 0.5 * self.slope * s * s)


class GridSource:
    """`phases` voltages of `voltage` V to neutral at `frequency` Hz from `t0` on, relay closed."""

    def __init__(self, phases: int, voltage: float, frequency: float, t0: float) -> None:
        self.phases = phases
        flat = (0.0,) * phases
        self._pieces = [Piece(t0, (voltage,) * phases, flat, frequency, 0.0, 0.0)]
        self._starts = [t0]
        self._relay: list[tuple[float, bool]] = [(t0, True)]

    def play(self, segments: Sequence[GridSegment], t: float) -> None:
        """From `t` on these segments, in place of all that was to come."""
        self._cut(t)
        for segment in segments:
            self._append(segment, t)
            if segment.duration == inf:
                return
            t += segment.duration
        last = segments[-1]
        hold = GridSegment(
            last.voltage_end or last.voltage,
            last.frequency if last.frequency_end is None else last.frequency_end,
        )
        self._append(hold, t)

    def connect(self, on: bool, t: float) -> None:
        """Close or open the relay."""
        if self._relay[-1][1] != on:
            self._relay = [*self._relay[-7:], (t, on)]

    def connected(self, t: float) -> bool:
        """Whether the relay is closed at `t`."""
        return next((on for at, on in reversed(self._relay) if at <= t), self._relay[0][1])

    def voltage(self, t: float, phase: int = 0) -> float:
        """Rms voltage in V of a phase, counted from 0; 0 while the relay is open."""
        if not self.connected(t):
            return 0.0
        piece = self._at(t)
        return piece.voltage[phase] + piece.voltage_slope[phase] * (t - piece.start)

    def frequency(self, t: float) -> float:
        """Frequency in Hz; 0 while the relay is open."""
        piece = self._at(t)
        return piece.frequency + piece.slope * (t - piece.start) if self.connected(t) else 0.0

    def mean_frequency(self, t: float, window: float) -> float:
        """Frequency in Hz over the `window` s before `t` as a phase-locked loop averages it: turns
        of the angle by their time, jumps of the phase among them."""
        turned = self._at(t).angle_at(t) - self._at(t - window).angle_at(t - window)
        return turned / (2.0 * pi * window)

    def voltages(self, t: Array, phase: int = 0) -> Array:
        """Rms voltage in V of a phase at each of `t`."""
        index = self._indices(t)
        start = np.array(self._starts)[index]
        level = np.array([one.voltage[phase] for one in self._pieces])[index]
        slope = np.array([one.voltage_slope[phase] for one in self._pieces])[index]
        moves = np.searchsorted([at for at, _ in self._relay], t, side="right") - 1
        closed = np.array([on for _, on in self._relay], dtype=float)[np.maximum(moves, 0)]
        return (level + slope * (t - start)) * closed

    def angles(self, t: Array) -> Array:
        """Angle in rad of the first phase at each of `t`."""
        index = self._indices(t)
        s = t - np.array(self._starts)[index]
        angle = np.array([one.angle for one in self._pieces])[index]
        frequency = np.array([one.frequency for one in self._pieces])[index]
        slope = np.array([one.slope for one in self._pieces])[index]
        return angle + 2.0 * pi * (frequency * s + 0.5 * slope * s * s)

    def next_change(self, t: float) -> float | None:
        """Beginning of the next segment after `t` in s."""
        index = bisect_right(self._starts, t)
        return self._starts[index] if index < len(self._starts) else None

    def latest(self, t: float) -> float:
        """When what stands at `t` began, in s: a segment, or the relay's last move."""
        moved = max((at for at, _ in self._relay if at <= t), default=t)
        return max(self._at(t).start, moved)

    def still(self, t: float, window: float) -> bool:
        """Whether the frequency at `t` has been the same for `window` s and goes on so."""
        piece = self._at(t)
        return piece.slope == 0.0 and piece.start <= t - window

    def next_outside(self, t: float, volts: tuple[float, float]) -> float | None:
        """Beginning in s of the next segment after `t` that lies on another side of the range
        `volts` in V of the first phase than what stands at `t`."""
        low, high = volts
        inside = low <= self.voltage(t) <= high
        for piece in self._pieces[bisect_right(self._starts, t) :]:
            if (low <= piece.voltage[0] <= high) != inside:
                return piece.start
        return None

    def forget(self, t: float) -> None:
        """What lay more than `KEPT` before `t` is not asked for any more."""
        index = bisect_right(self._starts, t - KEPT) - 1
        if index > 0:
            del self._pieces[:index], self._starts[:index]

    def _append(self, segment: GridSegment, t: float) -> None:
        before = self._at(t)
        rate = 1.0 / segment.duration
        end = segment.voltage_end or segment.voltage
        frequency = segment.frequency if segment.frequency_end is None else segment.frequency_end
        self._pieces.append(
            Piece(
                t,
                segment.voltage,
                tuple((b - a) * rate for a, b in zip(segment.voltage, end, strict=True)),
                segment.frequency,
                (frequency - segment.frequency) * rate,
                before.angle_at(t) + segment.phase_jump,
            )
        )
        self._starts.append(t)

    def _cut(self, t: float) -> None:
        index = bisect_right(self._starts, t)
        del self._pieces[index:], self._starts[index:]

    def _at(self, t: float) -> Piece:
        return self._pieces[max(bisect_right(self._starts, t) - 1, 0)]

    def _indices(self, t: Array) -> NDArray[np.int64]:
        return np.maximum(np.searchsorted(self._starts, t, side="right") - 1, 0)
