"""Role: interferometer (by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class PhaseMap:
    """Interference `phase` in rad, unwrapped, shape (rows, columns) or (n,) against `time` in s;
    nan where there is no fringe contrast. `pitch` of the pixels in m, None for a series; `time`
    None for a map; `wavelength` in vacuum in m; `passes` of the light over the path that is
    measured."""

    file: ImportedFile
    phase: ReadingArray
    pitch: Quantity | None
    time: FloatArray | None
    wavelength: Quantity
    passes: int


class Interferometer(ResultImporter[PhaseMap], Protocol):
    """Phase in rad over a field or against time. `InstrumentError` for a file without
    wavelength."""
