"""Role: wind profiler (wind lidar, anemometer mast)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile, ResultImporter

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class WindProfile:
    """Averages over `interval` in s. `time` is the start of each, Unix time in s, shape (n,);
    `height` above ground in m, shape (m,). Of shape (n, m): `speed` and its standard deviation
    in m/s, `direction` it comes from in deg from true north, `availability` as a fraction of the
    interval. `filter` says which readings were left out (carrier-to-noise, icing)."""

    file: ImportedFile
    interval: float
    time: FloatArray
    height: FloatArray
    speed: ReadingArray
    deviation: ReadingArray
    direction: ReadingArray
    availability: FloatArray
    filter: str


class WindProfiler(ResultImporter[WindProfile], Protocol):
    """Wind against height, from the files that a lidar or the logger of a mast writes, with speeds
    in m/s. `InstrumentError` for a file without heights, interval or filter."""
