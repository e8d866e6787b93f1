"""The beat of a laser with its own delayed and shifted copy (delayed self-heterodyne).

White frequency noise of full width D, delay T, offset f from the shift (L. Richter et al., IEEE J.
Quantum Electron. 22 (1986) 2070, eq. 9): a broad part

    S(f) = (1/pi) D / (D^2 + f^2) [1 - exp(-2 pi D T) (cos(2 pi f T) + (D/f) sin(2 pi f T))]

and a carrier exp(-2 pi D T). Slow frequency noise of full width G in either copy makes both wider
by a Gaussian of sqrt(2) G.
"""

from __future__ import annotations

from math import exp, log, pi, sqrt

import numpy as np

from sim_backends.models.laser_bench import LaserTable
from sim_backends.models.laser_light import Device, pump_power, stokes_lines
from sim_backends.models.raman_cascade import RamanCascade
from sim_backends.models.rf_signal import Array
from sim_backends.streams import stream

SHIFT = 80e6
"""Hz of the acousto-optic modulator."""

BEAT, FLOOR = 1e-5, 1e-16
"""W of the beat at the rated pump (-20 dBm); W/Hz of the photodiode's amplifier."""

STEP, REACH = 60.0, 6.0
"""Hz of the grid on which the Gaussian is folded in, and how many of its deviations are kept."""

WIDE = 400e3
"""Hz on either side beyond which the beat is not computed."""


class DelayedBeat:
    """The photodiode behind the set, its fibre of `delay` in s; fits `RfPort`."""

    def __init__(
        self, device: Device, table: LaserTable, delay: float, *, seed: int, t0: float
    ) -> None:
        self._device, self._table, self._delay = device, table, delay
        self._shift = SHIFT * (1.0 + 2e-6 * float(stream(seed, "laser bench", "aom").normal()))

    def density(self, frequency: Array, t: float) -> Array:
        """Spectral power density in W/Hz at each `frequency` in Hz."""
        power = BEAT * self._light(t)
        if power <= 0.0 or isinstance(self._device, RamanCascade):
            return np.full(len(frequency), FLOOR)
        lorentz, gauss = self._device.lorentz, sqrt(2.0) * self._device.gauss
        grid = np.arange(-WIDE, WIDE + STEP, STEP)
        shape = richter(grid, lorentz, self._delay)
        shape[len(grid) // 2] += exp(-2.0 * pi * lorentz * self._delay) / STEP
        sigma = gauss / (2.0 * sqrt(2.0 * log(2.0)))
        away = np.arange(-round(REACH * sigma / STEP), round(REACH * sigma / STEP) + 1) * STEP
        bell = np.exp(-0.5 * (away / sigma) ** 2)
        folded = np.convolve(shape, bell / bell.sum(), mode="same").astype(np.float64)
        found = np.interp(frequency - self._shift, grid, folded, 0.0, 0.0)
        beat: Array = np.asarray(found, dtype=np.float64)
        return FLOOR + power * beat

    def carriers(self, t: float) -> tuple[tuple[float, float], ...]:
        """None: slow noise widens what is left of the carrier, and `density` has it."""
        return ()

    def _light(self, t: float) -> float:
        whole = sum(power for _, power in self._table.lines(t))
        rated = pump_power(self._device, self._device.rated)
        return (whole / sum(power for _, power in stokes_lines(self._device, rated))) ** 2


def richter(offset: Array, width: float, delay: float) -> Array:
    """The broad part of the beat in 1/Hz at each `offset` in Hz for a laser of `width` in Hz; its
    sum and the carrier's exp(-2 pi width delay) are 1."""
    safe = np.where(np.abs(offset) < 1e-6, 1e-6, offset)
    turn = 2.0 * pi * safe * delay
    left = exp(-2.0 * pi * width * delay) * (np.cos(turn) + width / safe * np.sin(turn))
    return (1.0 / pi) * width / (width**2 + safe**2) * (1.0 - left)
