"""Wafer thickness gauge that writes a CSV map, by docs/protocols/result-files.md.

There is no standard for such maps; the layout is that of common gauges' exports: lines
`name,value`, an empty line, a row of column names with their units, then a row a site. Remembered
figures: within 0.5 um and 0.02 %, repeatable to 0.05 um.
"""

from __future__ import annotations

import math

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.files.notes import toml
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.wafer import WaferPort

STEP = 5.0
"""Distance of the sites in mm."""

EDGE = 3.0
"""Edge exclusion in mm."""

THICKNESS = Spec(range=2e-3, gain=2e-4, offset=5e-7, noise=5e-8)
"""Error of one site in m."""


class WaferGauge(FileStation):
    """A gauge with the wafer in `port` on its chuck."""

    suffix = ".csv"

    def __init__(self, port: WaferPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self._gauge = Channel([THICKNESS], rng)
        self._sites = sites(0.5e3 * port.diameter)
        self.notes = toml({"points": len(self._sites)})

    def document(self, shot: Shot) -> bytes:
        """One map."""
        rows = [*self._head(shot), "", "Site,X (mm),Y (mm),Thickness (um)"]
        for number, (x, y) in enumerate(self._sites, 1):
            true = float(self._port.thickness(1e-3 * x, 1e-3 * y, shot.t))
            told = 1e6 * self._gauge.convert(true, 0)
            rows.append(f"{number},{x:.3f},{y:.3f},{told:.3f}")
        return ("\r\n".join(rows) + "\r\n").encode("utf-8")

    def _head(self, shot: Shot) -> list[str]:
        return [
            "Manufacturer,labctl",
            "Model,WT-1",
            f"Serial Number,{shot.serial}",
            f"Wafer ID,{shot.sample}",
            f"Date,{shot.moment.isoformat()}",
            "Method,capacitive thickness on a square grid",
            "Calibration,gauge block 700 um",
            f"Diameter (mm),{self._port.diameter * 1e3:g}",
            f"Edge Exclusion (mm),{EDGE:g}",
            "Origin,centre",
            "Notch,-y",
        ]


def sites(radius: float) -> list[tuple[float, float]]:
    """Grid positions in mm from the centre that lie within the edge exclusion of `radius` in mm."""
    count = int(radius / STEP)
    grid = [STEP * i for i in range(-count, count + 1)]
    return [(x, y) for y in grid for x in grid if math.hypot(x, y) <= radius - EDGE]


EMULATOR = WaferGauge
