"""PANalytical XRDML files (schema XRDMeasurement 1.0 to 2.x), our own reader.

One scan is a diffraction scan; an area measurement of 2Theta scans, one for each omega, is a
reciprocal-space map.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal
from xml.etree import ElementTree

from drivers.imported.folder import Importer
from drivers.imported.source import Header, Refused, Source, by_library, own, when
from drivers.imported.xrdml_scan import Scan, said, scan_of, wavelength_of
from drivers.roles.imported import ImportedFile
from drivers.roles.xrd import DiffractionScan, ReciprocalMap
from labctl.evidence import Identity
from labctl.quantity import Quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AXES: Mapping[str, Literal["two_theta", "omega", "phi"]] = {
    **{"Omega": "omega", "Omega-2Theta": "omega", "Phi": "phi"},
    **{"2Theta": "two_theta", "2Theta-Omega": "two_theta", "Gonio": "two_theta"},
}
POSITIONS: Mapping[str, str] = {"omega": "Omega", "two_theta": "2Theta", "phi": "Phi"}
PATHS = ("incidentBeamPath", "diffractedBeamPath")


class Xrdml(Importer[DiffractionScan]):
    """Scans of XRDML files in a watched folder, angles in rad."""

    instrument_class: ClassVar[str] = "xrd"
    suffixes: ClassVar[tuple[str, ...]] = (".xrdml",)

    def result_of(self, source: Source) -> DiffractionScan:
        """The one scan; `Refused` for a cut file and without wavelength or optics."""
        measurement, scans = _measurement(source)
        if len(scans) != 1:
            raise Refused(f"holds {len(scans)} scans, a map; ask for latest_map()")
        return _scan(source, measurement, scans[0])

    def file_of(self, source: Source) -> ImportedFile:
        """The file as evidence, of a scan or a map."""
        measurement, scans = _measurement(source)
        return source.file(own("drivers.imported.xrdml"), _header(source, measurement, scans[0]))

    async def latest_map(self) -> ReciprocalMap:
        """The newest complete reciprocal-space map in 1/m; `InstrumentError` where the newest
        file is none."""
        return await self._read(await self._newest(), _map)


def _measurement(source: Source) -> tuple[ElementTree.Element, list[Scan]]:
    """The file's root and its finished scans; `Refused` where one was not completed."""
    root = by_library(lambda: ElementTree.fromstring(source.data))
    if not root.tag.endswith("}xrdMeasurements"):
        raise Refused("is no XRDML")
    found = root.findall("{*}xrdMeasurement/{*}scan")
    if not found:
        raise Refused("holds no scan")
    for element in (root, *root.findall("{*}xrdMeasurement"), *found):
        if element.get("status") != "Completed":
            raise Refused(f"is not whole: its status is {element.get('status')!r}")
    return root, [scan_of(element) for element in found]


def _scan(source: Source, root: ElementTree.Element, scan: Scan) -> DiffractionScan:
    axis = AXES.get(scan.axis)
    if axis is None:
        raise Refused(f"moved the axis {scan.axis!r}, which makes no such scan")
    moved = POSITIONS[axis]
    if moved not in scan.moved:
        raise Refused(f"does not say where {moved} was at each point")
    file = source.file(own("drivers.imported.xrdml"), _header(source, root, scan))
    return DiffractionScan(
        file,
        axis,
        source.array(scan.moved[moved], "rad", file),
        source.array(scan.counts, "dimensionless", file),
        scan.time,
        Quantity(wavelength_of(root), "m"),
        {_role_name(axis): angle for axis, angle in scan.fixed.items()},
        _optics(root),
        math.nan,
    )


def _role_name(axis: str) -> str:
    """A position's axis as the role calls it; others in small letters."""
    return next((name for name, theirs in POSITIONS.items() if theirs == axis), axis.lower())


def _map(source: Source) -> ReciprocalMap:
    """Coordinates by the angles: omega of the incident beam, 2Theta between both beams."""
    import numpy as np

    root, scans = _measurement(source)
    if len(scans) < 2 or any("2Theta" not in one.moved for one in scans):
        raise Refused("holds one scan, no map of 2Theta scans")
    if len({len(one.counts) for one in scans}) != 1:
        raise Refused("holds scans of different length")
    two_theta = np.array([one.moved["2Theta"] for one in scans])
    omega = np.array([_omega(one) for one in scans])
    wave = 2.0 * math.pi / wavelength_of(root)
    file = source.file(own("drivers.imported.xrdml"), _header(source, root, scans[0]))
    counts = source.array([one.counts for one in scans], "dimensionless", file)
    qx = wave * (np.cos(two_theta - omega) - np.cos(omega))
    return ReciprocalMap(file, qx, wave * (np.sin(two_theta - omega) + np.sin(omega)), counts)


def _omega(scan: Scan) -> NDArray[np.float64]:
    """Omega of every point in rad, shape (n,): where it moved along, or stood still."""
    import numpy as np

    if "Omega" in scan.moved:
        return scan.moved["Omega"]
    if "Omega" not in scan.fixed:
        raise Refused("does not say where omega was")
    return np.full(len(scan.counts), scan.fixed["Omega"])


def _optics(root: ElementTree.Element) -> str:
    """Names of the parts of both beam paths, in their order."""
    parts = [part for path in PATHS for part in root.findall(f"{{*}}xrdMeasurement/{{*}}{path}/*")]
    if not parts:
        raise Refused("names no optics")
    return ", ".join(part.get("name") or part.tag.rpartition("}")[2] for part in parts)


def _header(source: Source, root: ElementTree.Element, scan: Scan) -> Header:
    blocks = [*root.findall("{*}comment"), *root.findall("{*}xrdMeasurement/{*}comment")]
    paths = [part for path in PATHS for part in root.findall(f"{{*}}xrdMeasurement/{{*}}{path}")]
    method = "\n".join(ElementTree.tostring(one, encoding="unicode") for one in (*blocks, *paths))
    sample = said(root, "sample/name") or said(root, "sample/id")
    measured = when(said(scan.element, "header/startTimeStamp"), source.beside.utc_offset)
    software = said(scan.element, "header/source/instrumentControlSoftware")
    serial = said(scan.element, "header/source/instrumentID")
    who = Identity("PANalytical", software or "X'Pert", serial)
    return Header(method, sample, measured, who, "utf-8", scan.remarks)


DRIVER = Xrdml
