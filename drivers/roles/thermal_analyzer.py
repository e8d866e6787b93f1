"""Role: thermal analyzer (thermobalance, calorimeter, dilatometer, rheometer; by file)."""

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
class ThermalCurve:
    """One run: `time` in s, sample `temperature` in degC, shape (n,); `signals` by name, shape (n,)
    each: `mass` in kg, `heat_flow` in W (endothermic positive), `length` in m, `viscosity` in Pa*s,
    `heat_release` in W/m**2. Sample `mass` in kg or `length` in m as weighed or gauged, `gas`,
    `crucible`, and the file of the `baseline` run that was taken off (None: none was)."""

    file: ImportedFile
    time: FloatArray
    temperature: ReadingArray
    signals: Mapping[str, ReadingArray]
    mass: Quantity | None
    length: Quantity | None
    gas: str
    crucible: str
    baseline: ImportedFile | None


class ThermalAnalyzer(ResultImporter[ThermalCurve], Protocol):
    """Signals against time in s and temperature in degC; onsets, steps and enthalpies are the
    method's work. `InstrumentError` for a run without sample mass or length."""
