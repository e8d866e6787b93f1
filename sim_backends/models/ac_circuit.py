"""A load on the mains, by its harmonics: what a wattmeter between them sees."""

from __future__ import annotations

import cmath
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sim_backends.models.mains import MainsPort

FloatArray = npt.NDArray[np.float64]
POINTS = 256
"""Instants of a period at which waveforms are evaluated."""


@dataclass(frozen=True, slots=True)
class AcState:
    """One period: `frequency` in Hz (0: direct), and by order 0, 1, 2... the rms phasors of
    `voltage` in V and `current` in A, both of as many orders; order 0 is the direct part."""

    frequency: float
    voltage: tuple[complex, ...]
    current: tuple[complex, ...]

    def waveforms(self) -> tuple[FloatArray, FloatArray]:
        """Voltage in V and current in A at `POINTS` instants of one period."""
        return _waveform(self.voltage), _waveform(self.current)


class AcPort(Protocol):
    """A wattmeter's place between source and load; current counts positive into the load."""

    def state(self, t: float) -> AcState:
        """Voltage and current about run time `t` in s."""
        ...


class AcLoad:
    """A load that takes `current` A rms with `power_factor` (positive: current lags) at 1 V rms.

    In other words a constant admittance at the fundamental; `distortion` gives harmonics of the
    current by order, as a share of its fundamental. Fits `AcPort`.
    """

    def __init__(
        self,
        mains: MainsPort,
        admittance: float,
        power_factor: float = 1.0,
        distortion: Mapping[int, float] | None = None,
    ) -> None:
        self._mains = mains
        angle = -math.copysign(math.acos(abs(power_factor)), power_factor)
        self._admittance = cmath.rect(admittance, angle)
        shares = distortion or {}
        top = max(shares, default=1)
        self._shares = [0.0, 1.0, *(shares.get(n, 0.0) for n in range(2, top + 1))]

    def state(self, t: float) -> AcState:
        """Voltage and current about `t`."""
        volts = complex(self._mains.voltage(t))
        fundamental = volts * self._admittance
        rest = (0j,) * (len(self._shares) - 2)
        current = tuple(fundamental * share for share in self._shares)
        return AcState(self._mains.frequency(t), (0j, volts, *rest), current)


@dataclass(frozen=True)
class DirectLoad:
    """A resistor of `ohms` Ohm at a direct source of `volts` V. Fits `AcPort`."""

    volts: float
    ohms: float

    def state(self, t: float) -> AcState:
        """Voltage and current, the same at all times."""
        return AcState(0.0, (complex(self.volts),), (complex(self.volts / self.ohms),))


def _waveform(phasors: tuple[complex, ...]) -> FloatArray:
    angle = 2.0 * math.pi * np.arange(POINTS) / POINTS
    wave = np.full(POINTS, phasors[0].real)
    for order, phasor in enumerate(phasors[1:], 1):
        if phasor:
            turn = order * angle + cmath.phase(phasor)
            wave = wave + math.sqrt(2.0) * abs(phasor) * np.sin(turn)
    return wave
