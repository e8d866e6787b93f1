"""A scanning confocal Fabry-Perot interferometer behind a laser, as an oscilloscope meets it.

A sawtooth moves the mirrors by two and a half free spectral ranges; the photodiode behind shows the
Airy function of each longitudinal mode (M. Hercher, Appl. Opt. 7 (1968) 951).
"""

from __future__ import annotations

import numpy as np

from sim_backends.models.laser_bench import LaserTable
from sim_backends.models.laser_light import Device, pump_power, stokes_lines
from sim_backends.models.noise import Drift
from sim_backends.models.raman_cascade import RamanCascade
from sim_backends.models.signal import FloatArray, PeriodicSignal, SignalPort, still
from sim_backends.streams import stream

FREE_RANGE, FINESSE = 1.5e9, 200.0
"""Hz; dimensionless: those of a confocal interferometer of 5 cm."""

SCAN, RANGES, SWING = 100.0, 2.5, 5.0
"""Sawtooths a second, free ranges in one, and its height in V."""

BRIGHT, NOISE = 1.25, 0.004
"""V of the strongest mode at the rated pump; V of the photodiode's noise."""


class Photodiode:
    """Voltage behind the interferometer; fits `SignalPort`."""

    def __init__(self, device: Device, table: LaserTable, seed: int) -> None:
        self._device, self._table = device, table
        rng = stream(seed, "laser bench", "interferometer")
        self._place = float(rng.uniform(0.0, 1.0))
        self._wander = Drift(0.2, 60.0, 5.0, rng)
        self._key = int(rng.integers(1 << 31))

    def voltage(self, t: FloatArray) -> FloatArray:
        """Voltage in V at each of the run times `t` in s, shape (n,)."""
        begin = float(np.min(t))
        phase = RANGES * ((t * SCAN) % 1.0) - self._place - self._wander.at(begin)
        found = np.zeros_like(t)
        for share, offset in self._modes():
            found += share * _airy(phase - offset / FREE_RANGE)
        noise = np.random.default_rng([self._key, int(begin * 1e3)]).standard_normal(len(t))
        return BRIGHT * self._light(begin) * found + NOISE * noise

    def mean(self) -> float:
        """Direct part of the voltage in V, near 0: the peaks are narrow."""
        return 0.0

    def crossing(self, level: float, rising: bool, after: float) -> float | None:
        """None: the ramp is what triggers."""
        return None

    def _modes(self) -> list[tuple[float, float]]:
        """Share of the strongest and offset in Hz of each mode."""
        if isinstance(self._device, RamanCascade):
            return [(1.0 / 9.0, 0.17e9 * n) for n in range(9)]
        return [(1.0, 0.0), (self._device.side_mode, self._device.mode_spacing)]

    def _light(self, t: float) -> float:
        whole = sum(power for _, power in self._table.lines(t))
        rated = pump_power(self._device, self._device.rated)
        return whole / sum(power for _, power in stokes_lines(self._device, rated))


def _airy(phase: FloatArray) -> FloatArray:
    """Transmission at a `phase` in free ranges, 1 at whole numbers."""
    steep = (2.0 * FINESSE / np.pi) ** 2
    return 1.0 / (1.0 + steep * np.sin(np.pi * phase) ** 2)


def interferometer(device: Device, table: LaserTable, seed: int) -> tuple[SignalPort, ...]:
    """The four inputs of an oscilloscope: photodiode, ramp, and two with nothing at them."""
    ramp = PeriodicSignal(lambda phase: SWING * phase, SCAN)
    return Photodiode(device, table, seed), ramp, still(), still()
