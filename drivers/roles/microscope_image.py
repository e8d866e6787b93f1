"""Role: microscope (images by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class Micrograph:
    """An image of one place: `intensity`, shape (rows, columns) or (rows, columns, 3),
    dimensionless; `pitch` of the pixels in m with the uncertainty of its scale certificate; stage
    `x`, `y` in m and `tilt` in rad; `voltage` of the beam in V and `working_distance` in m, nan for
    light."""

    file: ImportedFile
    intensity: FloatArray
    pitch: Quantity
    technique: Literal["light", "SEM", "TEM", "FIB"]
    x: float
    y: float
    tilt: float
    voltage: float
    working_distance: float


class Microscope(ResultImporter[Micrograph], Protocol):
    """Images by a light, electron or ion microscope, pixel pitch in m. One image proves one place;
    counting and edges are the method's work. `InstrumentError` for an image without pixel pitch
    and for a lossy file."""
