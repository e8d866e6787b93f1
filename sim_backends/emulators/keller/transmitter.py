"""The measuring part of a Series 33X transmitter: pressure P1, temperature TOB1, what is stored.

Numbers of coefficients and configurations: protocol description of Series 30, version 3.0,
sections 5.2 to 5.5. Total error band +-0.05 % FS in 10..40 degC and 400 conversions a second:
data sheet 33X (remembered).
"""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.gas import lagged
from sim_backends.models.pressure_vessel import VesselPort

CH0, P1, P2, T, TOB1, TOB2 = range(6)
CHANNELS = (CH0, P1, P2, T, TOB1, TOB2)
ACTIVE = frozenset({P1, TOB1})

REFERENCE = 1e5
"""Pa: a PA transmitter is sealed with this pressure behind its membrane (remembered)."""

LOWEST, HIGHEST = -1.0, 10.0
"""Range of P1 in bar."""

COLDEST, WARMEST = -40.0, 120.0
"""Range of TOB1 in degC."""

PRESSURE = Spec(range=HIGHEST, gain=0.0, offset=5e-4 * HIGHEST, noise=2e-5 * HIGHEST)
TEMPERATURE = Spec(range=WARMEST, gain=0.0, offset=0.5, noise=0.01)
"""bar and degC; the temperature's limit and both noises are not in the data sheet."""

OVERFLOW = 0.1
"""Share of the range beyond its ends from which a value is an overflow (remembered)."""

CONVERSION = 2.5e-3
"""Seconds of one conversion."""

CFG_P, CFG_T, CFG_CH0, CNT_T, LP_FILTER = range(5)
FILTER, DAC, UART, FILTER_ORG = 7, 9, 10, 11
OFFSET, GAIN = 64, 65

COEFFICIENTS, CONFIGURATIONS = 112, 14
WRITABLE_COEFFICIENTS = frozenset({53, *range(64, 74), 78, 79, *range(100, COEFFICIENTS)})
WRITABLE_CONFIGURATIONS = frozenset({CFG_CH0, CNT_T, LP_FILTER, FILTER, DAC, UART})


class Transmitter:
    """One transmitter at `port`; sealed gauge, -1..10 bar.

    `coefficients` in bar and degC, and `configurations` by their numbers, survive a power cut.
    """

    def __init__(self, port: VesselPort, rng: np.random.Generator) -> None:
        self._port = port
        self._pressure = Channel([PRESSURE], rng)
        self._temperature = Channel([TEMPERATURE], rng)
        self.coefficients = [0.0] * COEFFICIENTS
        for number in (GAIN, 67, 69, 71):
            self.coefficients[number] = 1.0
        self.coefficients[80:82] = [LOWEST, HIGHEST]
        self.coefficients[84:88] = [COLDEST, WARMEST, COLDEST, WARMEST]
        self.configurations = [0] * CONFIGURATIONS
        self.configurations[CFG_P] = 1 << P1
        self.configurations[CFG_T] = 1 << TOB1
        self.configurations[CNT_T] = 1
        self.configurations[FILTER] = self.configurations[FILTER_ORG] = 0x05
        self._filtered = self._raw = 0.0
        self._looked: float | None = None

    def value(self, channel: int, t: float) -> float:
        """bar or degC; infinity beyond the range, NaN where the channel is not active."""
        if channel == P1:
            return _within(self.pressure(t), LOWEST, HIGHEST)
        if channel == TOB1:
            warmth = self._temperature.convert(self._port.temperature(t), 0)
            return _within(warmth, COLDEST, WARMEST)
        return math.nan

    def status(self, t: float) -> int:
        """The status byte: a bit for every active channel whose value is no measurement."""
        bits = 0
        for channel in ACTIVE:
            if not math.isfinite(self.value(channel, t)):
                bits |= 1 << channel
        return bits

    def pressure(self, t: float) -> float:
        """P1 in bar with its offset and gain, without a look at the range."""
        samples = float(1 << (self.configurations[LP_FILTER] >> 4))
        share = 1.0 / samples
        # Standard deviation behind y += (x - y) / n of white noise: sqrt(a / (2 - a)), a = 1/n.
        noise = math.sqrt(share / (2.0 - share))
        true = self._filter((self._port.pressure(t) - REFERENCE) / 1e5, samples, t)
        raw = self._pressure.convert(true, 0, noise)
        return raw * self.coefficients[GAIN] + self.coefficients[OFFSET]

    def set_zero(self, setpoint: float, t: float) -> None:
        """Choose the offset so that P1 is `setpoint` in bar now (function 95)."""
        self.coefficients[OFFSET] += setpoint - self.pressure(t)

    def reset_zero(self) -> None:
        """The offset of the works: 0."""
        self.coefficients[OFFSET] = 0.0

    def _filter(self, raw: float, samples: float, t: float) -> float:
        if self._looked is None or samples <= 1.0:
            self._filtered = raw
        else:
            dt = t - self._looked
            self._filtered = lagged(self._filtered, self._raw, raw, dt, samples * CONVERSION)
        self._raw, self._looked = raw, t
        return self._filtered


def _within(value: float, low: float, high: float) -> float:
    margin = OVERFLOW * (high - low)
    if value > high + margin:
        return math.inf
    return -math.inf if value < low - margin else value
