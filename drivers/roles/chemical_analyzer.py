"""Role: chemical analyzer (elemental, combustion, titration; by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity


@dataclass(frozen=True)
class Analyte:
    """A figure: `name` (`Fe`, `C`, `H2O`, `TOC`), `value` as a mass fraction in kg/kg, an amount in
    mol/kg or a concentration in kg/m**3, `detection_limit` in the same unit; `below` says that the
    file reports less than that; `blank` and `recovery` (fraction), None where not determined."""

    name: str
    value: Quantity
    detection_limit: Quantity | None
    below: bool
    blank: Quantity | None
    recovery: Quantity | None


@dataclass(frozen=True)
class ChemicalReport:
    """One sample: analytes, `mass` in kg taken, `dilution` factor, the calibration's `standards`
    and the reference material that was analysed with it, with their dates as the file names
    them."""

    file: ImportedFile
    analytes: tuple[Analyte, ...]
    mass: Quantity
    dilution: float
    standards: tuple[str, ...]
    reference_material: str


class ChemicalAnalyzer(ResultImporter[ChemicalReport], Protocol):
    """Contents in kg/kg, mol/kg or kg/m**3. `InstrumentError` for a report without blank,
    calibration or reference material: it is no evidence."""
