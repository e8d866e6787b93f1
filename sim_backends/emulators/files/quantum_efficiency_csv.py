"""Quantum efficiency system that writes CSV, by docs/protocols/result-files.md (Spectrum as CSV).

A grating monochromator steps over the range; the cell's current at each wavelength is divided by
that of a calibrated photodiode. A system like it is within 1 nm in wavelength and repeats to 0.3 %
(IEC 60904-8; ASTM E1021). One cell is measured once, when the bench is opened.
"""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.files.notes import toml
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.quantum_efficiency import QuantumEfficiencyPort
from sim_backends.plugs.file_writer import Piece

MAKER, MODEL = "labctl", "QE-1"
FIRST, LAST, POINTS = 300.0, 900.0, 301
"""Wavelengths in air in nm, evenly spaced."""

WAVELENGTH = Spec(range=1e-6, gain=0.0, offset=1e-9)
"""Error of the wavelength in m."""

SCALE, NOISE = 0.015, 0.002
"""Standard deviations of the scale, relative, and of one point, in parts of full efficiency."""


class QuantumEfficiencyCsv(FileStation):
    """A system with the cell of `port` in its beam."""

    suffix = ".csv"
    not_kept = ("_next", "_queue", "_number")
    """A bench that is opened anew has an empty folder: the cell is measured again."""
    notes = toml({"points": POINTS})

    def __init__(
        self, port: QuantumEfficiencyPort, *, serial: str, rng: np.random.Generator
    ) -> None:
        super().__init__(serial=serial, rng=rng)
        self._next = -math.inf  # as soon as its bench is open, whenever that is
        self._port = port
        self._wavelength = Channel([WAVELENGTH], rng)
        self._scale = 1.0 + SCALE * float(rng.standard_normal())

    def due(self) -> float | None:
        """When it measures, or writes the next piece; None when all is done."""
        due = super().due()
        return None if due == math.inf else due

    def send(self, t: float) -> list[Piece]:
        """Pieces that are written until `t`; there is no second measurement."""
        if self._next < t:
            self._next = t
        sent = super().send(t)
        if self._number:
            self._next = math.inf
        return sent

    def document(self, shot: Shot) -> bytes:
        """One curve."""
        told = np.linspace(FIRST, LAST, POINTS)
        shift = self._wavelength.convert(600e-9, 0) - 600e-9
        seen = self._scale * self._port.efficiency(told * 1e-9 - shift)
        seen = seen + NOISE * self.rng.standard_normal(POINTS)
        rows = [f"{x:.1f},{100.0 * y:.3f}" for x, y in zip(told, seen, strict=True)]
        lines = [*head(shot), "", "Wavelength (nm),Intensity (%)", *rows]
        return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def head(shot: Shot) -> list[str]:
    """What stands before the data."""
    return [
        f"Manufacturer,{MAKER}",
        f"Model,{MODEL}",
        f"Serial Number,{shot.serial}",
        f"Sample,{shot.sample}",
        f"Date,{shot.moment.isoformat()}",
        "Method,external quantum efficiency against a calibrated photodiode",
        "Integration Time (s),1",
        "Averages,1",
        "Dark,subtracted",
        "Wavelength Medium,air",
    ]


EMULATOR = QuantumEfficiencyCsv
