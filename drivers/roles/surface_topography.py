"""Role: surface topography (atomic force microscope, profilometer; by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity


@dataclass(frozen=True, eq=False)
class HeightMap:
    """`height` in m, shape (rows, columns), a stylus trace having one row; nan where there is no
    point. `pitch_x`, `pitch_y` of columns and rows in m; `tip` the radius of the stylus or the
    resolution of the objective in m; `processing` what the instrument's software did to the heights
    (levelling, filters), empty for raw ones."""

    file: ImportedFile
    height: ReadingArray
    pitch_x: Quantity
    pitch_y: Quantity
    tip: float
    processing: tuple[str, ...]


class SurfaceProfiler(ResultImporter[HeightMap], Protocol):
    """Heights in m over a field or along a line; roughness parameters (ISO 21920-2, ISO 25178-2)
    are the method's work. `InstrumentError` for a file without pitch or height unit."""
