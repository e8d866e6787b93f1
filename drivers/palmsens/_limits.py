"""What an EmStat Pico and its bench allow; refused before anything is sent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from drivers.limits import refuse_outside
from drivers.palmsens import _sheet as sheet
from drivers.palmsens._scripts import HIGH_SPEED, LOW_SPEED

LONGEST = 7 * 24 * 3600.0
"""Longest measurement of one script in s."""

LONGEST_INTERVAL = 10.0
"""Longest time in s between two packages: so long may a broken-off measurement hold the line."""

MOST_POINTS = 100_000


class Limits:
    """Checks against the sheet and the bench's limits: `potential` in V, `current` in A."""

    def __init__(self, bench: Mapping[str, float], address: str) -> None:
        self._bench = dict(bench)
        self._address = address

    def mode(self, *potentials: float, pace: float, command: str) -> int:
        """The slowest mode for these potentials in V and `pace` readings a second."""
        low_speed = pace <= sheet.FASTEST[LOW_SPEED] and all(
            potential >= sheet.LOWEST_POTENTIAL[LOW_SPEED] for potential in potentials
        )
        mode = LOW_SPEED if low_speed else HIGH_SPEED
        self.check("readings a second", pace, 0.0, sheet.FASTEST[mode], "1/s", command)
        for potential in potentials:
            self.potential(potential, mode, command)
        return mode

    def potential(self, potential: float, mode: int, command: str) -> None:
        """`LimitRefused` for a potential in V that the mode or the bench does not allow."""
        most = self._bench.get("potential", math.inf)
        low, high = max(sheet.LOWEST_POTENTIAL[mode], -most), min(sheet.HIGHEST_POTENTIAL, most)
        self.check("potential", potential, low, high, "V", command)

    def current(self, current: float, command: str) -> None:
        """`LimitRefused` for a current in A that the module or the bench does not allow."""
        most = min(sheet.LARGEST_CURRENT, self._bench.get("current", math.inf))
        self.check("current", current, -most, most, "A", command)

    def range(self, current: float, command: str) -> None:
        """`LimitRefused` for a current range that is to hold `current` in A."""
        self.current(current, command)
        self.check("current", abs(current), 1e-12, sheet.LARGEST_CURRENT, "A", command)

    def duration(self, interval: float, duration: float, command: str) -> None:
        """`LimitRefused` for readings every `interval` over `duration`, both in s."""
        least = 1 / max(sheet.FASTEST.values())
        self.check("interval", interval, least, LONGEST_INTERVAL, "s", command)
        self.check("duration", duration, interval, LONGEST, "s", command)
        self.points(duration / interval, command)

    def steps(self, step: float, rate: float, command: str) -> None:
        """`LimitRefused` for a sweep by `step` in V at `rate` in V/s."""
        self.check("step", step, 1e-4, 0.25, "V", command)
        self.check("scan rate", rate, step / LONGEST_INTERVAL, 100.0, "V/s", command)

    def impedance(
        self, frequencies: Sequence[float], potential: float, amplitude: float, command: str
    ) -> tuple[float, float]:
        """The ends in V of the potential about `potential` in V with `amplitude` in V rms.

        `LimitRefused` for them, the amplitude or one of the frequencies in Hz.
        """
        self.points(len(frequencies), command)
        for frequency in frequencies:
            low, high = sheet.LOWEST_FREQUENCY, sheet.HIGHEST_FREQUENCY
            self.check("frequency", frequency, low, high, "Hz", command)
        low, high = sheet.LEAST_AMPLITUDE, sheet.MOST_AMPLITUDE
        self.check("amplitude", amplitude, low, high, "V", command)
        peak = math.sqrt(2) * amplitude
        for end in (potential - peak, potential + peak):
            self.potential(end, HIGH_SPEED, command)
        return potential - peak, potential + peak

    def points(self, points: float, command: str) -> None:
        """`LimitRefused` for a script of so many points."""
        self.check("number of points", points, 1, MOST_POINTS, "", command)

    def check(
        self, what: str, value: float, low: float, high: float, unit: str, command: str
    ) -> None:
        """`LimitRefused` where `value` is not from `low` to `high`, all in `unit`."""
        refuse_outside(what, value, low, high, unit, address=self._address, command=command)
