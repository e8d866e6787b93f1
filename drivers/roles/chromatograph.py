"""Role: chromatograph (gas, liquid, ion; results by file)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile, ResultImporter
from labctl.quantity import Quantity

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class Trace:
    """Signal of one detector: `time` in s from injection and `signal` in the detector's unit, shape
    (n,)."""

    detector: str
    time: FloatArray
    signal: ReadingArray


@dataclass(frozen=True)
class Peak:
    """A peak: `component` (empty: not identified), `detector`, `retention` in s, `area` in the
    detector's unit times s, `height` in its unit; `amount` by the file's own calibration (mole
    fraction in mol/mol or concentration in kg/m**3), None where it has none."""

    component: str
    detector: str
    retention: Quantity
    area: Quantity
    height: Quantity
    amount: Quantity | None


@dataclass(frozen=True)
class Chromatogram:
    """One injection: peaks, traces, and the components that were looked for and `not_found`."""

    file: ImportedFile
    peaks: tuple[Peak, ...]
    traces: tuple[Trace, ...]
    not_found: tuple[str, ...]


class Chromatograph(ResultImporter[Chromatogram], Protocol):
    """Chromatograms with times in s and amounts in mol/mol or kg/m**3. `InstrumentError` for a file
    without method or raw signal; a missing peak is named, never 0."""
