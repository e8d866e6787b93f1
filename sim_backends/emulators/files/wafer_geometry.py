"""Wafer shape gauge with two probes that writes a CSV map of both faces.

Layout by docs/protocols/result-files.md, with columns X, Y, Front, Back: there is no standard for
such maps. A pair of capacitive probes scans the upper and the lower face at once while the wafer
lies on three points (the public scope of SEMI MF1390: a two-probe system that examines both
surfaces simultaneously). `Front` is the height of the upper face, `Back` that of the lower one,
both upwards and against one plane of the gauge; the gauge knows nothing of which face that is.
Errors: a scale of the pair (linearity) and a difference of the two, zero and noise of each probe, a
slow drift over the scan, and near the edge a probe that hangs over and reads too far. Remembered
figures: 0.1 um noise, 0.3 % linearity as after calibration by a reference wafer. Left out:
straightness of the stage, vibration of the wafer, tilt of the probes.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim_backends.emulators.files.early_station import EarlyStation
from sim_backends.emulators.files.notes import toml
from sim_backends.emulators.files.station import Shot
from sim_backends.models.wafer.on_three_points import ShapePort

Array = NDArray[np.float64]

STEP = 2.0
"""Distance of the sites in mm."""

EDGE = 1.0
"""Edge exclusion of the scan in mm."""

NOISE = 1e-7
"""Deviation of one reading of one probe in m."""

LINEARITY, UNLIKE = 3e-3, 1e-3
"""Deviations of the pair's scale, and of half the difference of its probes' scales, relative."""

ZERO = 2e-6
"""Deviation of a probe's zero in m."""

DRIFT, SLOW = 1e-7, 5e-8
"""Deviations in m over a scan: of an even drift, of a wave."""

HANGS, TOO_FAR = 1.5, (2e-6, 1.2e-6)
"""Millimetres from the edge at which a probe begins to hang over, and by how many m a millimetre
the upper and the lower one then read too far."""


class ShapeGauge(EarlyStation):
    """A gauge with the wafer in `port` on its three points."""

    suffix = ".csv"
    lasting = 30.0

    def __init__(self, port: ShapePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        pair, unlike = LINEARITY * rng.standard_normal(), UNLIKE * rng.standard_normal()
        self._scale = (1.0 + float(pair + unlike), 1.0 + float(pair - unlike))
        self._zero = ZERO * rng.standard_normal(2)
        self._x, self._y = sites(0.5e3 * port.diameter)
        self.notes = toml({"points": len(self._x)})

    def document(self, shot: Shot) -> bytes:
        """One map of what lay on the points when the scan began."""
        begun = shot.t - self.lasting
        faces = self._port.faces(1e-3 * self._x, 1e-3 * self._y, begun)
        front, back = (self._read(face, number) for number, face in enumerate(faces))
        named = replace(shot, sample=self._port.label(begun))
        rows = [*self._head(named), "", "Site,X (mm),Y (mm),Front (um),Back (um)"]
        told = zip(self._x, self._y, 1e6 * front, 1e6 * back, strict=True)
        for number, (x, y, up, low) in enumerate(told, 1):
            rows.append(f"{number},{x:.3f},{y:.3f},{up:.3f},{low:.3f}")
        return ("\r\n".join(rows) + "\r\n").encode("utf-8")

    def _read(self, face: Array, probe: int) -> Array:
        """What `probe` (0 above, 1 below) tells in m of `face`, in the order of the scan."""
        part = np.linspace(-0.5, 0.5, len(face))
        even, wave, begin = self.rng.standard_normal(3)
        drift = DRIFT * even * part + SLOW * wave * np.sin(2.0 * np.pi * (part + begin))
        edge = 0.5e3 * self._port.diameter - np.hypot(self._x, self._y)
        over = np.maximum(HANGS - edge, 0.0) * TOO_FAR[probe] * (1.0 if probe else -1.0)
        noise = NOISE * self.rng.standard_normal(len(face))
        return self._scale[probe] * face + self._zero[probe] + drift + over + noise

    def _head(self, shot: Shot) -> list[str]:
        return [
            "Manufacturer,labctl",
            "Model,WS-2",
            f"Serial Number,{shot.serial}",
            f"Wafer ID,{shot.sample}",
            f"Date,{shot.moment.isoformat()}",
            "Method,two capacitive probes, wafer on three points",
            "Calibration,reference wafer of known warp",
            f"Diameter (mm),{self._port.diameter * 1e3:g}",
            f"Edge Exclusion (mm),{EDGE:g}",
            "Origin,centre",
            "Notch,-y",
        ]


def sites(radius: float) -> tuple[Array, Array]:
    """Grid places in mm from the centre within the edge exclusion of `radius` in mm, row by row to
    and fro."""
    count = int(radius / STEP)
    line = STEP * np.arange(-count, count + 1)
    rows = [(x, y) for n, y in enumerate(line) for x in (line if n % 2 == 0 else line[::-1])]
    found = np.array([(x, y) for x, y in rows if math.hypot(x, y) <= radius - EDGE])
    return found[:, 0], found[:, 1]


EMULATOR = ShapeGauge
