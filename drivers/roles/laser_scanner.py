"""Role: laser scanner (results by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.imported import ImportedFile, ResultImporter

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class PointCloud:
    """Scanned points in m, shape (n, 3), in the frame of the scan; `intensity` dimensionless, shape
    (n,), nan where the file has none; `u` the standard uncertainty of a point in m by the
    certificate."""

    file: ImportedFile
    points: FloatArray
    intensity: FloatArray
    u: float


class LaserScanner(ResultImporter[PointCloud], Protocol):
    """Point clouds in m. `InstrumentError` for a file without unit."""
