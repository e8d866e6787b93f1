"""The bridge of an E4980A: residuals of cable and fixture, their correction, errors, levels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim_backends.emulators.keysight import e4980a_specs as specs
from sim_backends.models.impedance import ImpedancePort


@dataclass(frozen=True, slots=True)
class Signal:
    """Test signal: frequency in Hz, level in V (or A with `drives_current`), bias in V."""

    frequency: float
    level: float
    bias: float = 0.0
    drives_current: bool = False
    regulated: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """What is at the device: V rms and A rms, and whether the level control could hold it."""

    voltage: float
    current: float
    held: bool


class Correction:
    """A residual (admittance in S or impedance in Ohm) taken at `CORRECTION_POINTS`."""

    def __init__(self) -> None:
        self.on = False
        self._values = np.zeros(len(specs.CORRECTION_POINTS), dtype=np.complex128)

    def store(self, values: list[complex]) -> None:
        """Keep a new residual and use it."""
        self._values, self.on = np.array(values, dtype=np.complex128), True

    def at(self, frequency: float) -> complex:
        """The residual at `frequency` in Hz; 0 while the correction is off."""
        if not self.on:
            return 0j
        known = np.log(specs.CORRECTION_POINTS)
        return complex(np.interp(math.log(frequency), known, self._values))


class Bridge:
    """One instrument with its cable at `port`, with its own true errors."""

    def __init__(self, port: ImpedancePort, rng: np.random.Generator) -> None:
        self._port = port
        self._rng = rng
        draws = rng.uniform(-1.0, 1.0, size=(3, 2))
        self._errors = {
            name: complex(*(limit * draws[index] / math.sqrt(2.0)))
            for index, (name, limit) in enumerate(specs.GAIN.items())
        }
        share = rng.uniform(0.3, 1.0, size=3)
        self._farads = specs.STRAY_CAPACITANCE * float(share[0])
        self._henries = specs.LEAD_INDUCTANCE * float(share[1])
        self._ohms = specs.LEAD_RESISTANCE * float(share[2])
        self.open, self.short = Correction(), Correction()

    def raw(self, frequency: float, bias: float, t: float) -> complex:
        """Impedance in Ohm at the terminals, cable and all, at `frequency` in Hz, `bias` in V."""
        omega = 2.0 * math.pi * frequency
        device = self._port.impedance(frequency, bias, t)
        admittance = (1.0 / device if device else complex(1e12)) + 1j * omega * self._farads
        return 1.0 / admittance + self._ohms + 1j * omega * self._henries

    def measure(self, signal: Signal, aperture: str, averages: int, t: float) -> complex:
        """Corrected impedance in Ohm with this instrument's error and noise."""
        z = self.raw(signal.frequency, signal.bias, t)
        noise = specs.NOISE[aperture] / math.sqrt(averages)
        error = self._errors[aperture] + complex(*(noise * self._rng.standard_normal(2)))
        return self.corrected(z * (1.0 + error), signal.frequency)

    def corrected(self, z: complex, frequency: float) -> complex:
        """Z = (Zm - Zs) / (1 - (Zm - Zs) Yo); impedances in Ohm, `frequency` in Hz."""
        inner = z - self.short.at(frequency)
        return inner / (1.0 - inner * self.open.at(frequency))

    def level(self, signal: Signal, z: complex) -> Level:
        """Level at a device of `z` in Ohm behind the source's resistance."""
        series = abs(z + specs.SOURCE_RESISTANCE)
        if signal.drives_current:
            needed = signal.level * series
        elif signal.regulated:
            needed = signal.level * series / abs(z) if z else math.inf
        else:
            needed = signal.level
        driven = min(needed, specs.HIGHEST_VOLTAGE)
        current = driven / series
        return Level(current * abs(z), current, driven >= needed)

    def residuals(self, bias: float, t: float) -> list[complex]:
        """Impedance in Ohm at all points of a correction with `bias` in V."""
        return [self.raw(frequency, bias, t) for frequency in specs.CORRECTION_POINTS]
