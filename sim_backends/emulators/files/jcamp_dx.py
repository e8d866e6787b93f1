"""Spectrometer that writes JCAMP-DX, by JCAMP-DX 4.24 (McDonald and Wilks, Appl. Spectrosc. 42,
1988) with LONGDATE of 5.01 (Lampen et al., 1999).

One block, XYDATA=(X++(Y..Y)) as plain numbers (AFFN) in lines of at most 80 characters, XFACTOR and
YFACTOR 1, x in nanometres in air. What the standard has no label for stands in user-defined labels
(`##$...`): serial number, exposure in s, averages, dark. Left out: packed forms (PAC, SQZ, DIF,
DUP), NTUPLES, linked blocks, peak tables.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.files.spectrograph import (
    AVERAGES,
    EXPOSURE,
    FULL,
    MAKER,
    MODEL,
    RESOLUTION,
    Seen,
    Spectrograph,
)
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.emission import EmissionPort

IN_A_LINE = 8
"""Ordinates in a line."""


class JcampSpectrometer(FileStation):
    """A spectrometer with the light of `port` in its fibre."""

    suffix = ".jdx"

    def __init__(self, port: EmissionPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._spectrograph = Spectrograph(port, rng)

    def document(self, shot: Shot) -> bytes:
        """One spectrum."""
        seen = self._spectrograph.look(shot.t)
        lines = [f"##{label}={value}" for label, value in labels(shot, seen).items()]
        text = "\r\n".join([*lines, "##XYDATA=(X++(Y..Y))", *ordinates(seen), "##END="])
        return (text + "\r\n").encode("ascii")


def labels(shot: Shot, seen: Seen) -> dict[str, str]:
    """Labelled data records before the data, in their order."""
    x, y = seen.wavelength, seen.counts
    return {
        "TITLE": shot.sample,
        "JCAMP-DX": "4.24",
        "DATA TYPE": "UV/VIS SPECTRUM",
        "ORIGIN": f"{MAKER} {MODEL}",
        "OWNER": "laboratory",
        "LONGDATE": f"{shot.moment:%Y/%m/%d %H:%M:%S}",
        "DATE": f"{shot.moment:%y/%m/%d}",
        "TIME": f"{shot.moment:%H:%M:%S}",
        "SPECTROMETER/DATA SYSTEM": f"{MAKER} {MODEL}",
        "INSTRUMENT PARAMETERS": f"EXPOSURE {EXPOSURE:g} S, {AVERAGES} AVERAGES",
        "SAMPLE DESCRIPTION": shot.sample,
        "DATA PROCESSING": "DARK SUBTRACTED",
        "$SERIAL NUMBER": shot.serial,
        "$EXPOSURE TIME": f"{EXPOSURE:g}",
        "$AVERAGES": str(AVERAGES),
        "$SATURATION": str(FULL),
        "$METHOD": "emission, fibre, dark subtracted",
        "$WAVELENGTH MEDIUM": "air",
        "XUNITS": "NANOMETERS",
        "YUNITS": "COUNTS",
        "RESOLUTION": f"{RESOLUTION:g}",
        "FIRSTX": f"{x[0]:.4f}",
        "LASTX": f"{x[-1]:.4f}",
        "DELTAX": f"{x[1] - x[0]:.4f}",
        "FIRSTY": f"{y[0]:.0f}",
        "MAXX": f"{x.max():.4f}",
        "MINX": f"{x.min():.4f}",
        "MAXY": f"{y.max():.0f}",
        "MINY": f"{y.min():.0f}",
        "XFACTOR": "1.0",
        "YFACTOR": "1.0",
        "NPOINTS": str(x.size),
    }


def ordinates(seen: Seen) -> list[str]:
    """Lines of the abscissa of the first point and the ordinates of several, blank between them."""
    return [
        f"{seen.wavelength[at]:.4f} "
        + " ".join(f"{value:.0f}" for value in seen.counts[at : at + IN_A_LINE])
        for at in range(0, seen.wavelength.size, IN_A_LINE)
    ]


EMULATOR = JcampSpectrometer
