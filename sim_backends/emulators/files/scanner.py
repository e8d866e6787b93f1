"""The scanner of a force microscope, whatever format its software writes.

A square field, row by row; the heights are raw. Real microscopes also have bow, drift and a tip
that rounds steeper walls; these are left out. Remembered figures: z calibration within 1 %, lateral
within 0.5 %, noise 0.1 nm rms.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.models.specimens.grating import SurfacePort

MAKER, MODEL = "labctl", "AFM-1"
POINTS = 128
"""Rows and columns."""

WIDTH = 12e-6
"""Side of the field in m."""

TIP = 8e-9
"""Radius of the tip in m."""

METHOD = "tapping mode, trace, 1 Hz"
Z_SCALE = Spec(range=5e-6, gain=0.01, offset=0.0, noise=1e-10)
XY_SCALE = Spec(range=100e-6, gain=0.005, offset=0.0)
"""Errors of the piezo scanner in m."""


class Scanner:
    """The scanner and its errors, above the surface in `port`."""

    def __init__(self, port: SurfacePort, rng: np.random.Generator) -> None:
        self._port = port
        self._rng = rng
        self._lateral = Channel([XY_SCALE], rng).convert(1.0, 0)
        self._vertical = Channel([Z_SCALE], rng).convert(1.0, 0)

    def scan(self, t: float) -> Any:
        """Heights in m, shape (rows, columns)."""
        y, x = np.mgrid[0:POINTS, 0:POINTS] * (WIDTH / POINTS * self._lateral)
        noise = Z_SCALE.noise * self._rng.standard_normal(x.shape)
        return self._vertical * self._port.height(x, y, t) + noise
