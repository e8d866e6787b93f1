"""Role: gel permeation chromatograph (by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class MolarMassDistribution:
    """Arrays of shape (n,): molar `mass` in kg/mol and `weight`, the share per decade of mass,
    dimensionless; number and weight average in kg/mol by the file; `standards` of the
    calibration."""

    file: ImportedFile
    mass: FloatArray
    weight: FloatArray
    number_average: Quantity
    weight_average: Quantity
    standards: str


class GelPermeationChromatograph(ResultImporter[MolarMassDistribution], Protocol):
    """Molar mass distributions in kg/mol. `InstrumentError` for a file without calibration."""
