"""Camera or microscope whose software writes each picture as OME-TIFF, one a placing.

By what the files are written says sim_backends/emulators/files/ome.py. How pictures are made
(light, SEM, TEM) has no place in OME's pixels: the laboratory's notes beside the files say it.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.files.notes import toml
from sim_backends.emulators.files.ome import About, ome_tiff
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.imaging.photograph import PicturePort


class PictureStation(FileStation):
    """A camera before what stands in `port`."""

    suffix = ".ome.tif"

    def __init__(self, port: PicturePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self.notes = toml({"technique": port.technique})

    def document(self, shot: Shot) -> bytes:
        """One picture."""
        seen = self._port.picture(shot.t)
        about = About(seen.maker, seen.model, seen.method, seen.pitch, seen.exposure)
        return ome_tiff(seen.counts, shot, about)


EMULATOR = PictureStation
