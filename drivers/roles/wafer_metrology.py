"""Role: wafer metrology (by file)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class WaferMap:
    """Figures at n positions of one wafer: `x`, `y` in m from its centre, notch towards -y, shape
    (n,); `values` by the name of the figure (`thickness`, `front` and `back` height in m,
    `sheet_resistance` in ohm), shape (n,) each; `edge_exclusion` in m, `diameter` in m."""

    file: ImportedFile
    x: FloatArray
    y: FloatArray
    values: Mapping[str, ReadingArray]
    edge_exclusion: float
    diameter: float


@dataclass(frozen=True, eq=False)
class DefectMap:
    """Defects found on one wafer: `x`, `y` in m from its centre, notch towards -y, and `size` in m,
    shape (n,); `kind` of each by the inspection's classes; `area` inspected in m**2."""

    file: ImportedFile
    x: FloatArray
    y: FloatArray
    size: FloatArray
    kind: tuple[str, ...]
    area: Quantity


class WaferMetrology(ResultImporter[WaferMap], Protocol):
    """Maps over a wafer with their sampling plan, positions in m. `InstrumentError` for a map
    without origin, orientation or edge exclusion."""

    async def latest_defects(self) -> DefectMap:
        """The newest complete defect map, positions in m; `InstrumentError` where there is none."""
        ...

    async def defects_of_sample(self, sample: str) -> tuple[DefectMap, ...]:
        """Defect maps of `sample`, positions in m, oldest first; empty where there is none."""
        ...
