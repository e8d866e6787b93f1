"""Spectrometer that writes CSV, by docs/protocols/result-files.md.

There is no standard for such files; the layout is that of common spectrometers' exports: lines
`name,value`, an empty line, a row of column names with their units, a row a pixel.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.files.notes import toml
from sim_backends.emulators.files.spectrograph import (
    AVERAGES,
    EXPOSURE,
    FULL,
    MAKER,
    MODEL,
    POINTS,
    Spectrograph,
)
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.emission import EmissionPort


class CsvSpectrometer(FileStation):
    """A spectrometer with the light of `port` in its fibre."""

    suffix = ".csv"
    notes = toml({"points": POINTS})

    def __init__(self, port: EmissionPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._spectrograph = Spectrograph(port, rng)

    def document(self, shot: Shot) -> bytes:
        """One spectrum."""
        seen = self._spectrograph.look(shot.t)
        rows = [f"{x:.4f},{y:.0f}" for x, y in zip(seen.wavelength, seen.counts, strict=True)]
        lines = [*head(shot), "", "Wavelength (nm),Intensity (counts)", *rows]
        return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def head(shot: Shot) -> list[str]:
    """What stands before the data."""
    return [
        f"Manufacturer,{MAKER}",
        f"Model,{MODEL}",
        f"Serial Number,{shot.serial}",
        f"Sample,{shot.sample}",
        f"Date,{shot.moment.isoformat()}",
        "Method,emission through a fibre",
        f"Integration Time (s),{EXPOSURE:g}",
        f"Averages,{AVERAGES}",
        "Dark,subtracted",
        "Wavelength Medium,air",
        f"Saturation (counts),{FULL}",
    ]


EMULATOR = CsvSpectrometer
