"""What a BT4560 makes of its terminals: its own true errors, noise, digits and zero adjustment."""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.hioki import bt4560_specs as specs
from sim_backends.models.impedance import LivePort


class Bridge:
    """One instrument at `port`; impedances in Ohm, voltages in V."""

    def __init__(self, port: LivePort, rng: np.random.Generator) -> None:
        self._port = port
        self._rng = rng
        self._shares = rng.uniform(-1.0, 1.0, size=4)
        offsets = rng.uniform(-1.0, 1.0, size=(len(specs.RANGES), 2)) * specs.OFFSET_SHARE
        self._offsets = {
            one.name: complex(*pair) for one, pair in zip(specs.RANGES, offsets, strict=True)
        }
        self._volt_errors = rng.uniform(-1.0, 1.0, size=2)
        self._zero_all = 0j
        self._zero_spot: dict[float, complex] = {}

    def impedance(
        self, range_: specs.Range, frequency: float, speed: int, averages: int, t: float
    ) -> complex:
        """One reading at `frequency` in Hz, zero adjustment taken off."""
        z = self._raw(range_, frequency, speed, averages, t)
        return z - self._zero_spot.get(frequency, self._zero_all)

    def _raw(
        self, range_: specs.Range, frequency: float, speed: int, averages: int, t: float
    ) -> complex:
        true = self._port.impedance(frequency, self._port.voltage(0.0, t), t)
        direct, crossed = specs.gains(range_, frequency)
        a, b, c, d = (float(share) for share in self._shares)
        error = complex(
            direct * a * true.real + crossed * b * true.imag,
            direct * c * true.imag + crossed * d * true.real,
        )
        alpha = range_.alpha[speed] * range_.digit
        noise = complex(*self._rng.standard_normal(2)) * specs.NOISE_SHARE / math.sqrt(averages)
        return true + error + alpha * (self._offsets[range_.name] + noise)

    def voltage(self, t: float) -> float:
        """One reading of the direct voltage."""
        true = self._port.voltage(0.0, t)
        limit = specs.VOLTAGE_DIGITS * specs.VOLTAGE_DIGIT
        gain, offset = (float(share) for share in self._volt_errors)
        noise = specs.NOISE_SHARE * limit * float(self._rng.standard_normal())
        shares = specs.VOLTAGE_GAIN * gain * true + specs.OFFSET_SHARE * limit * offset
        return true + shares + noise

    def adjust(self, range_: specs.Range, frequency: float | None, t: float) -> bool:
        """Zero at `frequency` in Hz, or at all (None); False where there is no short."""
        at = specs.FREQUENCY.default if frequency is None else frequency
        found = self._raw(range_, at, 2, 1, t)
        if not abs(found) <= specs.ZERO_MOST:
            return False
        if frequency is None:
            self._zero_all, self._zero_spot = found, {}
        else:
            self._zero_spot[frequency] = found
        return True

    def clear_zero(self) -> None:
        """No zero adjustment any more."""
        self._zero_all, self._zero_spot = 0j, {}
