"""Role: X-ray diffractometer (by file)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class DiffractionScan:
    """One scan: `angle` in rad of the axis that was moved (`two_theta`, `omega`, `phi`), shape
    (n,); `counts` at each, dimensionless; counting `time` of a point in s; `wavelength` in m;
    `fixed` angles of the other axes in rad; monochromator and slits in `optics`; full width at half
    maximum that the instrument itself gives in `instrument_width` in rad, nan where the file has
    none."""

    file: ImportedFile
    axis: Literal["two_theta", "omega", "phi"]
    angle: ReadingArray
    counts: ReadingArray
    time: float
    wavelength: Quantity
    fixed: Mapping[str, float]
    optics: str
    instrument_width: float


@dataclass(frozen=True, eq=False)
class ReciprocalMap:
    """Counts in reciprocal space: `qx`, `qz` in 1/m and `counts`, dimensionless, shape (rows,
    columns) each, rows of one omega."""

    file: ImportedFile
    qx: FloatArray
    qz: FloatArray
    counts: ReadingArray


class XrayDiffractometer(ResultImporter[DiffractionScan], Protocol):
    """Scans and rocking curves, angles in rad; peak and background fits are the method's work.
    `InstrumentError` for a file without wavelength or optics."""

    async def latest_map(self) -> ReciprocalMap:
        """The newest complete reciprocal-space map in 1/m; `InstrumentError` where there is
        none."""
        ...
