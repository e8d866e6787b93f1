"""Role: quantum efficiency system (results by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile, ResultImporter


@dataclass(frozen=True, eq=False)
class QuantumEfficiency:
    """Arrays of shape (n,): `wavelength` in air in m, external quantum `efficiency` as a fraction
    (electrons per photon). `bias_light` irradiance in W/m**2 and `bias_voltage` in V, `spot` area
    in m**2, `reference` the certificate of the reference detector."""

    file: ImportedFile
    wavelength: ReadingArray
    efficiency: ReadingArray
    bias_light: float
    bias_voltage: float
    spot: float
    reference: str


class QuantumEfficiencySystem(ResultImporter[QuantumEfficiency], Protocol):
    """External quantum efficiency against wavelength in m. `InstrumentError` for a file without
    reference detector."""
