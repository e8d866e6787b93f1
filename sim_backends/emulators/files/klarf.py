"""Wafer inspection that writes KLARF 1.2 (KLA results file).

The specification is KLA's and not public: records, their order and units are those of published
files and readers (remembered: lengths in micrometres, SampleSize in mm). Positions of a defect are
XREL, YREL from the lower left corner of its die XINDEX, YINDEX; the corner of die 0 0 is the
origin, SampleCenterLocation the wafer's centre in that frame. The serial number is the third text
of InspectionStationID. Left out: images, several wafers in one file, review results. Remembered
figures: stage within 5 um, sizes within 10 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.wafer import Defect, WaferPort

PITCH = (10000.0, 8000.0)
"""Die pitch in x and y in um."""

EDGE = 3000.0
"""Edge exclusion in um."""

STAGE = Spec(range=0.2, gain=0.0, offset=5e-6)
SIZE = Spec(range=1e-3, gain=0.1, offset=0.0)
"""Errors of position and size in m."""

SPEC = (
    *("DEFECTID", "XREL", "YREL", "XINDEX", "YINDEX", "XSIZE", "YSIZE", "DEFECTAREA", "DSIZE"),
    *("CLASSNUMBER", "TEST"),
)


class KlarfInspection(FileStation):
    """An inspection of the wafer in `port`."""

    suffix = ".001"

    def __init__(self, port: WaferPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self._stage = Channel([STAGE], rng), Channel([STAGE], rng)
        self._size = Channel([SIZE], rng)

    def document(self, shot: Shot) -> bytes:
        """One inspection."""
        kinds = sorted({defect.kind for defect in self._port.defects})
        dies = inspected(self._port.diameter * 1e6)
        lines = [*head(shot, self._port.diameter), *classes(kinds), *plan(dies)]
        lines.append(f"DefectRecordSpec {len(SPEC)} {' '.join(SPEC)} ;")
        lines.append("DefectList")
        for number, defect in enumerate(self._port.defects, 1):
            lines.append(self._row(number, defect, kinds))
        lines[-1] += ";"
        count = len(self._port.defects)
        lines += [
            "SummarySpec 5 TESTNO NDEFECT DEFDENSITY NDIE NDEFDIE ;",
            "SummaryList",
            f" 1 {count} {count / (len(dies) * die_area() * 1e-8):.6e} {len(dies)} "
            f"{len({self._die(defect) for defect in self._port.defects})};",
            "EndOfFile;",
        ]
        return ("\n".join(lines) + "\n").encode("ascii")

    def _row(self, number: int, defect: Defect, kinds: Sequence[str]) -> str:
        x, y = self._corner(defect)
        across, up = math.floor(x / PITCH[0]), math.floor(y / PITCH[1])
        size = 1e6 * self._size.convert(defect.size, 0)
        return (
            f" {number} {x - across * PITCH[0]:.3f} {y - up * PITCH[1]:.3f} {across} {up} "
            f"{size:.3f} {size:.3f} {size * size:.3f} {size:.3f} {kinds.index(defect.kind) + 1} 1"
        )

    def _corner(self, defect: Defect) -> tuple[float, float]:
        """Position in um from the corner of die 0 0, through the stage's errors."""
        x = 1e6 * self._stage[0].convert(defect.x, 0) + 0.5 * PITCH[0]
        return x, 1e6 * self._stage[1].convert(defect.y, 0) + 0.5 * PITCH[1]

    def _die(self, defect: Defect) -> tuple[int, int]:
        x, y = self._corner(defect)
        return math.floor(x / PITCH[0]), math.floor(y / PITCH[1])


def die_area() -> float:
    """Area of a die in um2."""
    return PITCH[0] * PITCH[1]


def inspected(diameter: float) -> list[tuple[int, int]]:
    """Dies that lie whole within the edge exclusion of a wafer of `diameter` in um."""
    radius = 0.5 * diameter - EDGE
    return [
        (i, j)
        for j in range(-20, 21)
        for i in range(-20, 21)
        if math.hypot((abs(i) + 0.5) * PITCH[0], (abs(j) + 0.5) * PITCH[1]) <= radius
    ]


def head(shot: Shot, diameter: float) -> list[str]:
    """Records before the lists; `diameter` in m."""
    stamp = f"{shot.moment:%m-%d-%Y %H:%M:%S}"
    return [
        "FileVersion 1 2;",
        f"FileTimestamp {stamp};",
        f'InspectionStationID "labctl" "WI-1" "{shot.serial}";',
        "SampleType WAFER;",
        f"ResultTimestamp {stamp};",
        f'LotID "{shot.sample}";',
        f"SampleSize 1 {diameter * 1e3:.0f};",
        'DeviceID "DEMO";',
        f'SetupID "bright field" {stamp};',
        'StepID "INSPECT";',
        "SampleOrientationMarkType NOTCH;",
        "OrientationMarkLocation DOWN;",
        f"DiePitch {PITCH[0]:.10e} {PITCH[1]:.10e};",
        "DieOrigin 0.0000000000e+00 0.0000000000e+00;",
        f'WaferID "{shot.sample}";',
        "Slot 1;",
        f"SampleCenterLocation {0.5 * PITCH[0]:.10e} {0.5 * PITCH[1]:.10e};",
    ]


def classes(kinds: Sequence[str]) -> list[str]:
    """Names of the classes."""
    rows = [f' {number} "{kind}"' for number, kind in enumerate(["unclassified", *kinds])]
    return [f"ClassLookup {len(rows)}", *rows[:-1], rows[-1] + ";"]


def plan(dies: Sequence[tuple[int, int]]) -> list[str]:
    """Which dies were inspected, and the area in um2."""
    rows = [f" {i} {j}" for i, j in dies]
    return [
        "InspectionTest 1;",
        f"SampleTestPlan {len(rows)}",
        *rows[:-1],
        rows[-1] + ";",
        f"AreaPerTest {len(rows) * die_area():.10e};",
    ]


EMULATOR = KlarfInspection
