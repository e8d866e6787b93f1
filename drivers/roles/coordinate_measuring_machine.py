"""Role: coordinate measuring machine (results by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity


@dataclass(frozen=True)
class Feature:
    """A measured feature: its name on the drawing, what it is (`diameter`, `cylindricity`,
    `position`), actual and nominal value in m (angles in rad), with the machine's uncertainty."""

    name: str
    characteristic: str
    actual: Quantity
    nominal: Quantity


@dataclass(frozen=True)
class DimensionalReport:
    """Report of one part: features, `alignment` and `tips` by name, part `temperature` in degC,
    which values were corrected from to 20 degC (ISO 1) if `corrected`."""

    file: ImportedFile
    features: tuple[Feature, ...]
    alignment: str
    tips: tuple[str, ...]
    temperature: Quantity
    corrected: bool


class CoordinateMeasuringMachine(ResultImporter[DimensionalReport], Protocol):
    """Reports of features in m. `InstrumentError` for a report without alignment or list of tips: a
    wrong alignment is a silent error."""
