"""Beam profiler that writes OME-TIFF (sim_backends/emulators/files/ome.py says by what)."""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.files.beam_camera import (
    EXPOSURE,
    MAKER,
    METHOD,
    MODEL,
    PITCH,
    BeamCamera,
)
from sim_backends.emulators.files.ome import About, ome_tiff
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.gaussian_beam import BeamProfilePort


class TiffBeamProfiler(FileStation):
    """A beam camera before the beam in `port`."""

    suffix = ".ome.tif"

    def __init__(self, port: BeamProfilePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._camera = BeamCamera(port, rng)

    def document(self, shot: Shot) -> bytes:
        """One picture."""
        about = About(MAKER, MODEL, METHOD, PITCH, EXPOSURE)
        return ome_tiff(self._camera.frame(shot).counts, shot, about)


EMULATOR = TiffBeamProfiler
