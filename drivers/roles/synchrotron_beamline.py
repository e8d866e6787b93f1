"""Role: synchrotron beamline (series by file)."""

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
class FrameSeries:
    """Frames of an experiment: `time` in s from its start and `exposure` in s, shape (n,);
    positions of the motors by name, m or rad as `units` say, shape (n,); `flux` in 1/s on the
    sample, shape (n,); photon `energy` in J; size of a frame in `rows` and `columns`, pixel `pitch`
    in m."""

    file: ImportedFile
    time: FloatArray
    exposure: FloatArray
    motors: Mapping[str, FloatArray]
    units: Mapping[str, str]
    flux: ReadingArray
    energy: Quantity
    rows: int
    columns: int
    pitch: Quantity


@dataclass(frozen=True, eq=False)
class FrameBlock:
    """`counts` of neighbouring frames, shape (frames, rows, columns), dimensionless, dark taken off
    where `dark_removed`; `first` their number in the series from 0."""

    counts: FloatArray
    first: int
    dark_removed: bool


class SynchrotronBeamline(ResultImporter[FrameSeries], Protocol):
    """Series whose motors and detector share one clock in s; frames are read in parts.
    `InstrumentError` where clocks differ or frames are missing."""

    async def frames(self, series: FrameSeries, *, first: int, count: int) -> FrameBlock:
        """`count` frames from `first` on, dimensionless; `LimitRefused` beyond the series."""
        ...
