"""Role: gas pycnometer (by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity


@dataclass(frozen=True)
class SkeletalDensity:
    """Skeletal `density` in kg/m**3 by `volume` in m**3 (mean of `repeats`, with its uncertainty)
    and `mass` in kg, at `temperature` in degC."""

    file: ImportedFile
    density: Quantity
    volume: Quantity
    mass: Quantity
    temperature: Quantity
    repeats: int


class Pycnometer(ResultImporter[SkeletalDensity], Protocol):
    """Skeletal densities in kg/m**3. `InstrumentError` for a file without sample mass."""
