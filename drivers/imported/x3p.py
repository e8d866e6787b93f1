"""X3P height maps: ISO 25178-72:2017 (formerly ISO 5436-2), a zip of main.xml and binary data.

Lengths are in m. Coordinates of the kind D, F, L, I are float64, float32, int32 and int16, little
endian; integers count increments. A point that is not valid is nan, or 0 in the file's list of
valid points. Our own reader.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar
from xml.etree import ElementTree

from drivers.imported.folder import Importer
from drivers.imported.heights import Field, height_map
from drivers.imported.source import Header, Refused, Source, by_library, missing, number, own, when
from drivers.roles.surface_topography import HeightMap
from labctl.evidence import Identity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS: Mapping[str, str] = {"D": "<f8", "F": "<f4", "L": "<i4", "I": "<i2"}


class X3p(Importer[HeightMap]):
    """Height maps of X3P files in a watched folder, in m."""

    instrument_class: ClassVar[str] = "surface_topography"
    suffixes: ClassVar[tuple[str, ...]] = (".x3p",)

    def result_of(self, source: Source) -> HeightMap:
        """The map; `Refused` for a cut file and where a checksum does not fit."""
        with by_library(lambda: zipfile.ZipFile(io.BytesIO(source.data))) as archive:
            return by_library(lambda: _map(source, archive))


def _map(source: Source, archive: zipfile.ZipFile) -> HeightMap:
    root = ElementTree.fromstring(archive.read("main.xml"))
    if _said(root, "Record1/FeatureType") not in ("SUR", "PRF"):
        raise Refused("holds no surface and no profile")
    height = _heights(root, archive)
    field = Field(
        height,
        number(_said(root, "Record1/Axes/CX/Increment"), "CX/Increment"),
        _pitch_y(root, height.shape[0]),
        0.0,
        (),
    )
    header = _header(source, root, archive.read("main.xml"), height)
    return height_map(source, own("drivers.imported.x3p"), header, field)


def _pitch_y(root: ElementTree.Element, rows: int) -> float:
    """The pitch of the rows in m; a profile has none and takes that of its points."""
    text = _said(root, "Record1/Axes/CY/Increment")
    if rows == 1 and not text:
        text = _said(root, "Record1/Axes/CX/Increment")
    return number(text, "CY/Increment")


def _said(root: ElementTree.Element, path: str) -> str:
    """A text below the root; empty where it is absent. Elements have no namespace of their own."""
    return (root.findtext(path) or "").strip()


def _heights(root: ElementTree.Element, archive: zipfile.ZipFile) -> NDArray[np.float64]:
    """Heights in m, shape (rows, columns)."""
    import numpy as np

    columns, rows, layers = (
        int(_said(root, f"Record3/MatrixDimension/Size{axis}") or 1) for axis in "XYZ"
    )
    if layers != 1:
        raise Refused(f"holds {layers} layers, expected one")
    link = _said(root, "Record3/DataLink/PointDataLink")
    if not link:
        raise Refused("holds its points in a list, which is not read; export them in binary form")
    data = archive.read(link)
    stated = _said(root, "Record3/DataLink/MD5ChecksumPointData").lower()
    if stated and hashlib.md5(data, usedforsecurity=False).hexdigest() != stated:
        raise Refused("is spoilt: its points do not have the checksum that it states")
    kind = KINDS[_said(root, "Record1/Axes/CZ/DataType")]
    if len(data) != rows * columns * np.dtype(kind).itemsize:
        raise Refused(f"is torn: {len(data)} bytes for {rows} x {columns} points")
    values = np.frombuffer(data, dtype=kind).reshape(rows, columns).astype(np.float64)
    step = number(_said(root, "Record1/Axes/CZ/Increment") or "1", "CZ/Increment")
    offset = number(_said(root, "Record1/Axes/CZ/Offset") or "0", "CZ/Offset")
    whole = kind in ("<i4", "<i2")
    return _valid(root, archive, values * (step if whole else 1.0) + offset)


def _valid(
    root: ElementTree.Element, archive: zipfile.ZipFile, height: NDArray[np.float64]
) -> NDArray[np.float64]:
    """nan where the file's list of bits says that a point is not valid."""
    import numpy as np

    link = _said(root, "Record3/DataLink/ValidPointsLink")
    if not link:
        return height
    bits = np.unpackbits(np.frombuffer(archive.read(link), np.uint8), bitorder="little")
    return np.where(bits[: height.size].reshape(height.shape) == 1, height, np.nan)


def _header(
    source: Source, root: ElementTree.Element, xml: bytes, height: NDArray[np.float64]
) -> Header:
    model = _said(root, "Record2/Instrument/Model")
    maker = _said(root, "Record2/Instrument/Manufacturer")
    serial, version = (_said(root, f"Record2/Instrument/{key}") for key in ("Serial", "Version"))
    method = "\n".join(
        ElementTree.tostring(part, encoding="unicode").strip()
        for part in root.findall("Record2/ProbingSystem")
    )
    calibrated = _said(root, "Record2/CalibrationDate")
    if not calibrated:
        raise Refused("does not say when its instrument was calibrated")
    measured = when(_said(root, "Record2/Date"), source.beside.utc_offset)
    return Header(
        f"{method}\ncalibrated {calibrated}" if method else "",
        _said(root, "Record2/Comment"),
        measured,
        Identity(maker, model, serial, version) if model else None,
        "",
        missing(height=height),
    )


DRIVER = X3p
