"""Tensile machine that writes CSV in the manner of Instron's Bluehill ("Specimen_RawData").

No specification is public. Remembered: quoted cells, lines `"name","value"` on test and specimen,
a table of results, an empty line, then a row of names, a row of units in brackets, and a row a
point. Left out: other languages, decimal commas, several specimens in one file.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.files.notes import columns, instrument
from sim_backends.emulators.files.pulling import MAKER, MODEL, SPEED, Curve, TensileMachine
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.tensile import SpecimenPort

COLUMNS = {
    "time": ("Time", "s"),
    "displacement": ("Extension", "mm"),
    "force": ("Load", "N"),
    "strain": ("Tensile strain (Strain 1)", "mm/mm"),
}
"""What the laboratory has noted about the columns."""


class CsvTensileMachine(FileStation):
    """A machine with the specimen in `port` in its grips."""

    suffix = ".csv"

    def __init__(self, port: SpecimenPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self._machine = TensileMachine(port, rng)
        self.lasting = self._machine.seconds
        self.notes = instrument(MAKER, MODEL, serial, columns(COLUMNS), points=self._machine.points)

    def document(self, shot: Shot) -> bytes:
        """One test."""
        curve = self._machine.pull()
        lines = [
            *map(quoted, self._head(shot)),
            "",
            quoted(("Results Table 1", "")),
            quoted(("Maximum Load (N)", f"{curve.force.max():.3f}")),
            "",
            quoted(("Time", "Extension", "Load", "Tensile strain (Strain 1)")),
            quoted(("(s)", "(mm)", "(N)", "(mm/mm)")),
            *points(curve),
        ]
        return ("\r\n".join(lines) + "\r\n").encode("utf-8")

    def _head(self, shot: Shot) -> list[tuple[str, str]]:
        return [
            ("System", f"{MAKER} {MODEL}"),
            ("Manufacturer", MAKER),
            ("Model", MODEL),
            ("Serial number", shot.serial),
            ("Sample", shot.sample),
            ("Specimen label", shot.sample),
            ("Date", shot.moment.isoformat()),
            ("Test method", "tensile to break, ISO 6892-1 A1"),
            ("Rate 1 (mm/min)", f"{SPEED * 60e3:.4f}"),
            ("Area (mm^2)", f"{self._port.area * 1e6:.4f}"),
            ("Gauge length (mm)", f"{self._port.length * 1e3:.4f}"),
        ]


def quoted(cells: tuple[str, ...]) -> str:
    """A line of cells in quotes."""
    return ",".join(f'"{cell}"' for cell in cells)


def points(curve: Curve) -> list[str]:
    """A line a point: s, mm, N, mm/mm."""
    return [
        quoted((f"{t:.3f}", f"{x * 1e3:.5f}", f"{f:.3f}", f"{e:.7f}"))
        for t, x, f, e in zip(
            curve.time, curve.displacement, curve.force, curve.strain, strict=True
        )
    ]


EMULATOR = CsvTensileMachine
