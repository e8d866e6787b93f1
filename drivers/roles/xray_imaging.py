"""Role: X-ray imaging (tomography, microscopy; by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True)
class Stack:
    """A reconstructed volume or a radiograph (one slice): size in `slices`, `rows`, `columns`, edge
    of a voxel in m, `sources` the files of the stack in order with flat and dark frames used."""

    file: ImportedFile
    slices: int
    rows: int
    columns: int
    voxel: Quantity
    sources: tuple[ImportedFile, ...]


@dataclass(frozen=True, eq=False)
class Slices:
    """`grey` values of neighbouring slices, shape (slices, rows, columns), dimensionless; `first`
    their number in the stack from 0."""

    grey: FloatArray
    first: int


class XrayImaging(ResultImporter[Stack], Protocol):
    """Volumes too large for memory: the stack is a description with its voxel in m, slices are read
    in parts. `InstrumentError` for a stack without voxel size or with missing slices."""

    async def slices(self, stack: Stack, *, first: int, count: int) -> Slices:
        """`count` slices from `first` on, dimensionless; `LimitRefused` beyond the stack."""
        ...
