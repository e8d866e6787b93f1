"""Force microscope that writes X3P, by ISO 25178-72 (formerly ISO 5436-2; openGPS).

A zip archive with `main.xml`, its checksum `md5checksum.hex` and the heights in m as doubles in
`bindata/data.bin`, x running fastest. Record 1 has the axes (x, y incremental, z absolute, in m),
record 2 who, when and how (Instrument with its serial number, ProbingSystem, Comment), record 3
the size and the data's MD5, record 4 the name of the checksum. The format has no place for the
name of the sample (it stands in the file's name) nor for the tip's radius (the laboratory's notes
say it). Left out: lists of points, profiles, missing points, a rotated frame.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

import numpy as np

from sim_backends.emulators.files.notes import toml
from sim_backends.emulators.files.scanner import (
    MAKER,
    METHOD,
    MODEL,
    POINTS,
    TIP,
    WIDTH,
    Scanner,
)
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.grating import SurfacePort

SCHEMA = "http://www.opengps.eu/2008/ISO5436_2"
MAIN, SUM, DATA = "main.xml", "md5checksum.hex", "bindata/data.bin"
"""Names in the archive."""

CALIBRATED = "2025-11-01T08:00:00Z"


class X3pMicroscope(FileStation):
    """A microscope above the surface in `port`."""

    suffix = ".x3p"
    notes = toml({"tip": TIP})

    def __init__(self, port: SurfacePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._scanner = Scanner(port, rng)

    def document(self, shot: Shot) -> bytes:
        """One map."""
        data = self._scanner.scan(shot.t).astype("<f8").tobytes()
        page = main(shot, hashlib.md5(data, usedforsecurity=False).hexdigest()).encode("utf-8")
        checksum = hashlib.md5(page, usedforsecurity=False).hexdigest()
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            for name, content in (
                (MAIN, page),
                (DATA, data),
                (SUM, f"{checksum} *{MAIN}\n".encode("ascii")),
            ):
                file.writestr(entry(name, shot.moment), content)
        return archive.getvalue()


def entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    """A member of the archive, with the instrument's own time."""
    info = zipfile.ZipInfo(name, moment.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def main(shot: Shot, md5: str) -> str:
    """The document; `md5` is that of the data, in hexadecimal."""
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
        f'<p:ISO5436_2 xmlns:p="{SCHEMA}">',
        "<Record1>",
        "<Revision>ISO5436 - 2000</Revision>",
        "<FeatureType>SUR</FeatureType>",
        f"<Axes>{axis('CX')}{axis('CY')}",
        "<CZ><AxisType>A</AxisType><DataType>D</DataType><Increment>1</Increment>"
        "<Offset>0</Offset></CZ></Axes>",
        "</Record1>",
        *_about(shot),
        "<Record3><MatrixDimension>",
        f"<SizeX>{POINTS}</SizeX><SizeY>{POINTS}</SizeY><SizeZ>1</SizeZ>",
        f"</MatrixDimension><DataLink><PointDataLink>{DATA}</PointDataLink>",
        f"<MD5ChecksumPointData>{md5.upper()}</MD5ChecksumPointData></DataLink></Record3>",
        f"<Record4><ChecksumFile>{SUM}</ChecksumFile></Record4>",
        "</p:ISO5436_2>",
        "",
    ])


def axis(name: str) -> str:
    """An incremental axis in m."""
    step = WIDTH / POINTS
    return (
        f"<{name}><AxisType>I</AxisType><DataType>D</DataType>"
        f"<Increment>{step:.9e}</Increment><Offset>0</Offset></{name}>"
    )


def _about(shot: Shot) -> list[str]:
    """Record 2."""
    return [
        "<Record2>",
        f"<Date>{shot.moment:%Y-%m-%dT%H:%M:%S}Z</Date>",
        "<Creator>operator</Creator>",
        f"<Instrument><Manufacturer>{MAKER}</Manufacturer><Model>{MODEL}</Model>"
        f"<Serial>{escape(shot.serial)}</Serial><Version>1.0</Version></Instrument>",
        f"<CalibrationDate>{CALIBRATED}</CalibrationDate>",
        f"<ProbingSystem><Type>Contacting</Type><Identification>{escape(METHOD)}"
        "</Identification></ProbingSystem>",
        f"<Comment>{escape(shot.sample)}, raw heights</Comment>",
        "</Record2>",
    ]


EMULATOR = X3pMicroscope
