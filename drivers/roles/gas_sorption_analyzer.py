"""Role: gas sorption analyzer (Sieverts apparatus; by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from drivers.roles.arrays import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Isotherm:
    """Equilibrium points of shape (n,): absolute `pressure` in Pa, sample `temperature` in degC,
    `uptake` in mol of gas per kg of degassed sample, whether each is on `desorption` (bool), and
    `time` in s waited. `gas` by its formula, sample `mass` in kg, `free_volume` of the cell in
    m**3, `equation` of state and purity of the gas as the file names them."""

    file: ImportedFile
    pressure: ReadingArray
    temperature: ReadingArray
    uptake: ReadingArray
    desorption: BoolArray
    time: FloatArray
    gas: str
    mass: Quantity
    free_volume: Quantity
    equation: str
    cycle: int


@dataclass(frozen=True, eq=False)
class Kinetics:
    """Uptake of one dose: `time` in s, `pressure` in Pa and `uptake` in mol/kg, shape (n,)."""

    file: ImportedFile
    time: FloatArray
    pressure: ReadingArray
    uptake: ReadingArray


class GasSorptionAnalyzer(ResultImporter[Isotherm], Protocol):
    """Isotherms in Pa and mol/kg; surface areas and plateaus are the method's work.
    `InstrumentError` for a file without equation of state, free volume or sample mass."""

    async def latest_kinetics(self) -> Kinetics:
        """The newest complete uptake curve in mol/kg; `InstrumentError` where there is none."""
        ...
