"""Role: bomb calorimeter (by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity


@dataclass(frozen=True)
class Combustion:
    """One combustion: gross heat in J/kg of the sample as weighed, `mass` in kg, `rise` of the bath
    in K, heat capacity of the calorimeter in J/K by benzoic acid with the day of that check (Unix
    time in s)."""

    file: ImportedFile
    heating_value: Quantity
    mass: Quantity
    rise: Quantity
    heat_capacity: Quantity
    checked_utc: float


class BombCalorimeter(ResultImporter[Combustion], Protocol):
    """Gross heating values in J/kg. `InstrumentError` for a result without its benzoic acid
    check."""
