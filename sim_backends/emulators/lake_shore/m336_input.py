"""Input A of a Lake Shore 336: a Pt100 that is excited with 1 mA, and its curve."""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.ports import ThermalPort
from sim_backends.models.reference.thermocouple import platinum, platinum_temperature

ZERO = 273.15
"""0 degC in K."""

OHMS = (Spec(300.0, 1e-4, 4e-3, 2e-4, overrange=1.6),)
"""Limits of error in Ohm with 1 mA, 0.004 Ohm + 0.01 % of reading, and noise (remembered)."""

SAMPLE = 0.1
"""Seconds between two readings of an input (remembered)."""

LOWEST, HIGHEST = -200.0, 526.85
"""degC between which the standard curve PT-100 converts; it ends at 800 K."""

INVALID, UNDER, OVER, SENSOR_OVER = 1, 16, 32, 128
"""Bits of RDGST? (Model 350 manual, page 154)."""


class PlatinumInput:
    """What input A reads of `port`; `units` are 1 K, 2 degC, 3 Ohm; `limit` in K, 0 for none."""

    def __init__(self, port: ThermalPort, rng: np.random.Generator) -> None:
        self.sensor, self.autorange, self.range, self.compensation = 2, 1, 0, 1
        self.units = 1
        self.limit = 0.0
        self._port = port
        self._electronics = Channel(OHMS, rng)
        self._ohms = math.nan
        self._read_at = -math.inf

    @property
    def enabled(self) -> bool:
        """Whether a sensor type is set."""
        return self.sensor != 0

    def ohms(self, t: float) -> float:
        """The newest reading at time `t` in Ohm."""
        if t - self._read_at >= SAMPLE:
            self._read_at = t
            true = self._port.temperature(t)
            self._ohms = self._electronics.convert(platinum(true), 0)
        return self._ohms

    def celsius(self, t: float) -> float:
        """The newest reading in degC; 0 K where the status is not 0."""
        value = platinum_temperature(self.ohms(t))
        return value if self.status(t) == 0 else -ZERO

    def kelvin(self, t: float) -> float:
        """The newest reading in K; 0 where the status is not 0."""
        return self.celsius(t) + ZERO

    def status(self, t: float) -> int:
        """Bits of RDGST?; 0 for a good reading."""
        if not self.enabled:
            return INVALID
        ohms = self.ohms(t)
        if not math.isfinite(ohms) or not 0.0 <= ohms <= self._electronics.tops[0]:
            return SENSOR_OVER
        value = platinum_temperature(ohms)
        if math.isnan(value) or value < LOWEST:
            return UNDER
        return OVER if value > HIGHEST else 0
