"""An array spectrometer, whatever format its software writes.

Light falls on a row of pixels through a slit; a line much narrower than the slit is seen as a
Gaussian of its resolution. The software takes off a dark spectrum. Remembered figures: wavelength
within 0.1 nm, noise 20 counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.specimens.emission import EmissionPort

MAKER, MODEL = "labctl", "SP-1"
FIRST, LAST, POINTS = 600.0, 680.0, 801
"""Wavelengths in air in nm, evenly spaced."""

RESOLUTION = 1.0
"""Full width at half maximum of a narrow line in nm."""

FULL = 65535
"""Counts of a full pixel."""

EXPOSURE, AVERAGES = 0.1, 10
"""Exposure time in s, and spectra that make one."""

NOISE = 20.0
"""Noise of one spectrum in counts rms."""

WAVELENGTH = Spec(range=1e-6, gain=0.0, offset=1e-10)
"""Error of the wavelength in m."""


@dataclass(frozen=True, eq=False)
class Seen:
    """`wavelength` in nm and `counts` with dark taken off, shape (n,) each."""

    wavelength: Any
    counts: Any


class Spectrograph:
    """The spectrometer and its errors, with the light of `port` in its fibre."""

    def __init__(self, port: EmissionPort, rng: np.random.Generator) -> None:
        self._port = port
        self._rng = rng
        self._wavelength = Channel([WAVELENGTH], rng)

    def look(self, t: float) -> Seen:
        """One spectrum."""
        line, level = self._port.line(t)
        centre = 1e9 * self._wavelength.convert(line, 0)
        told = np.linspace(FIRST, LAST, POINTS)
        light = np.exp(-4.0 * math.log(2.0) * ((told - centre) / RESOLUTION) ** 2)
        noise = NOISE / math.sqrt(AVERAGES) * self._rng.standard_normal(POINTS)
        return Seen(told, np.rint(np.minimum(FULL * level * light, FULL) + noise) + 0.0)
