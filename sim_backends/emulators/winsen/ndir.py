"""The sensing part of an MH-Z19B: gas diffuses into its cell, infrared light is absorbed there.

Figures of the MH-Z19B user's manual 1.5 and 1.6: accuracy +-(50 ppm + 3 % of reading), response
time T90 < 120 s, preheat time 3 min. An infrared sensor counts molecules, so its reading follows
pressure; temperature is compensated inside (both pages 2 and 3).
"""

from __future__ import annotations

from math import exp

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.gas import STANDARD_PRESSURE, GasPort, lagged

ACCURACY = Spec(range=10000.0, gain=0.03, offset=50.0, noise=1.5)
"""ppm; the noise is not in the manual: the last digits of a module at rest."""

DIFFUSION = 40.0
"""Time constant in s of the membrane: T90 = 92 s, below the 120 s of the manual."""

COLD_ERROR, WARMING = 400.0, 45.0
"""ppm too much at power-on, and its time constant in s: 7 ppm are left after the 3 min preheat."""

DRIFT = 40.0 / 31.5e6
"""Limit of the zero's drift in ppm/s: 40 ppm in a year, which self-calibration is there for."""


class Cell:
    """One module's optical cell at `port`; warm since long when it is first looked at."""

    def __init__(self, port: GasPort, rng: np.random.Generator) -> None:
        self._port = port
        self._channel = Channel([ACCURACY], rng)
        self._drift = float(rng.uniform(-DRIFT, DRIFT))
        self._powered: float | None = None
        self._outside = self._inside = 0.0
        self._t: float | None = None

    def power_on(self, t: float) -> None:
        """Cold from `t` on."""
        self._powered = t

    def measure(self, t: float) -> tuple[float, float]:
        """(uncorrected reading, its distance from what stands before the membrane), in ppm."""
        outside = self._port.carbon_dioxide(t) * 1e6 * self._port.pressure(t) / STANDARD_PRESSURE
        if self._t is None:
            self._inside = outside
            start = t
        else:
            start = self._t
            self._inside = lagged(self._inside, self._outside, outside, t - start, DIFFUSION)
        self._outside, self._t = outside, t
        reading = self._channel.convert(self._inside, 0)
        return reading + self._drift * t + self._cold(t), abs(outside - self._inside)

    def temperature(self, t: float) -> float:
        """Temperature in degC at the module's own sensor."""
        return self._port.temperature(t)

    def _cold(self, t: float) -> float:
        if self._powered is None:
            return 0.0
        return COLD_ERROR * exp(-(t - self._powered) / WARMING)
