"""The table of the pulse bench: a pulsed laser, a shutter, a joulemeter and a fast photodiode.

The laser fires by its own clock. The shutter stands behind it; the main beam falls on the head, a
reflection of a wedge by way of a diffuser and a filter on the photodiode, whose cable ends at the
50 ohm of an oscilloscope.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, pi

import numpy as np

from sim_backends.models.pulsed_laser import FloatArray, PulsedLaser, energy, shape
from sim_backends.streams import stream

RISE = 2.563
"""10 to 90 % rise time of a Gaussian response over its standard deviation."""

VOLTS = 0.6
"""Of the diode at the laser's mean highest power with no filter before it."""

HALF = 0.5
"""Transmission of the filter that may be put before the diode."""


@dataclass(frozen=True)
class Diode:
    """`rise` time (10 to 90 %) in s, `dark` in V, `saturation` in V at which its answer is half of
    a straight one's (0: none), `hum` in V of the mains."""

    rise: float
    dark: float
    saturation: float
    hum: float = 2e-4


class PulseTable:
    """`laser` on the table of the bench of `seed`, its shutter and the people at it; fits the port
    of the shutter (`shutter`, `interlocked`) and that of people (`acted`). `lost` leaves out that
    part of the shots, at random."""

    def __init__(self, laser: PulsedLaser, seed: int, lost: float = 0.0) -> None:
        self.laser, self._seed, self._lost = laser, seed, lost
        self._phase = float(stream(seed, "pulse bench", "phase").uniform(0.0, 1.0))
        self._passes: list[tuple[float, bool]] = [(-1.0, False)]
        self._door = False
        self.filter = 1.0
        self.shot = lru_cache(maxsize=64)(self._drawn)

    # The shutter

    def shutter(self, is_open: bool, t: float) -> None:
        """From `t` on light passes or not."""
        self._passes.append((t, is_open))

    def interlocked(self, t: float) -> bool:
        """Whether a door of the table is open."""
        return self._door

    # People

    def acted(self, prompt: str, value: object, t: float) -> None:
        """`.../filter`: the filter before the diode is out or in; `.../door`: a door was opened, or
        closed."""
        what = prompt.rpartition("/")[2]
        if what == "filter":
            self.filter = HALF if value == "in" else 1.0
        elif what == "door":
            self._door = value == "open"
            if self._door:
                self.shutter(False, t)

    # Shots

    def at(self, n: int) -> float:
        """Run time in s of shot `n`."""
        return (n + self._phase) / self.laser.rate

    def following(self, t: float) -> int:
        """The first shot after `t`."""
        return floor(t * self.laser.rate - self._phase) + 1

    def falls(self, n: int) -> bool:
        """Whether there is a shot `n` and it gets through the shutter."""
        at = self.at(n)
        is_open = next((state for since, state in reversed(self._passes) if since <= at), False)
        return is_open and self.shot(n)[0] > 0.0

    def _drawn(self, n: int) -> tuple[float, float]:
        """Highest power and width of shot `n` over their means; 0 W where it is lost."""
        rng = stream(self._seed, "pulse bench", "shot", str(n))
        height = 1.0 + self.laser.energy_scatter * float(np.clip(rng.standard_normal(), -4.0, 4.0))
        wide = 1.0 + self.laser.width_scatter * float(np.clip(rng.standard_normal(), -4.0, 4.0))
        return (0.0 if rng.uniform() < self._lost else height), wide


class JouleHead:
    """The head of an energy meter on `table`; `path` is the true over the assumed transmission to
    it. Fits `PulsePort`."""

    def __init__(self, table: PulseTable, path: float) -> None:
        self._table, self._path = table, path
        self._energy = energy(table.laser)

    def pulses(self, after: float, until: float) -> list[tuple[float, float]]:
        """Time in s and energy in J of what falls on the head after `after`, up to `until`."""
        table = self._table
        return [
            (table.at(n), self._energy * table.shot(n)[0] * table.shot(n)[1] * self._path)
            for n in range(table.following(after), table.following(until))
            if table.falls(n)
        ]

    def wavelength(self, t: float) -> float:
        """Wavelength in m of what falls on the head."""
        return self._table.laser.wavelength


class FastDiode:
    """A photodiode on `table`; fits `SignalPort`."""

    def __init__(self, table: PulseTable, diode: Diode) -> None:
        self._table, self._diode = table, diode
        self._t, power = shape(table.laser)
        step = float(self._t[1] - self._t[0])
        self._volts = VOLTS * _smeared(power, diode.rise / RISE / step)
        self._passages = lru_cache(maxsize=16)(self._all_passages)

    def voltage(self, t: FloatArray) -> FloatArray:
        """Volts of the diode at the run times `t` in s, shape as `t`."""
        table = self._table
        dark = self._diode.dark + self._diode.hum * np.sin(2.0 * pi * 50.0 * t)
        volts = np.zeros_like(t)
        reach = 2.0 * float(self._t[-1] - self._t[0])
        for n in range(
            table.following(float(t.min()) - reach), table.following(float(t.max()) + reach)
        ):
            if table.falls(n):
                height, wide = table.shot(n)
                volts += height * np.interp(
                    (t - table.at(n)) / wide, self._t, self._volts, left=0.0, right=0.0
                )
        volts *= table.filter
        if self._diode.saturation:
            volts = volts / (1.0 + volts / self._diode.saturation)
        return volts + dark

    def mean(self) -> float:
        """Volts that AC coupling takes away."""
        return self._diode.dark

    def crossing(self, level: float, rising: bool, after: float) -> float | None:
        """Run time in s from `after` on at which `level` in V is passed: by one of the next shots,
        as far as the shutter's past tells; None where none of them does."""
        table = self._table
        for n in range(table.following(after) - 1, table.following(after) + 3):
            if table.falls(n):
                passed = self._passages(n, level, rising, table.filter)
                later = next((t for t in passed if t >= after), None)
                if later is not None:
                    return later
        return None

    def _all_passages(
        self, n: int, level: float, rising: bool, filtered: float
    ) -> tuple[float, ...]:
        """Run times in s at which shot `n`, behind a filter of transmission `filtered`, passes
        `level` in V."""
        sign = 1.0 if rising else -1.0
        t = self._table.at(n) + self._t * self._table.shot(n)[1]
        over = sign * (self.voltage(t) - level)
        passed = np.flatnonzero((over[:-1] < 0.0) & (over[1:] >= 0.0))
        parts = -over[passed] / (over[passed + 1] - over[passed])
        return tuple(float(one) for one in t[passed] + parts * (t[passed + 1] - t[passed]))


def _smeared(power: FloatArray, sigma: float) -> FloatArray:
    """`power` after a Gaussian response of `sigma` points."""
    if sigma < 0.05:
        return power
    half = ceil(5.0 * sigma)
    kernel = np.exp(-0.5 * (np.arange(-half, half + 1) / sigma) ** 2)
    smeared: FloatArray = np.convolve(power, kernel / kernel.sum(), mode="same").real
    return smeared
