"""Role: linewidth analyzer (scanning Fabry-Perot, delayed self-heterodyne)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading


@dataclass(frozen=True, eq=False)
class LineShape:
    """Arrays of shape (n,): `offset` in Hz from the strongest line (optical, or beat note less the
    shift), `power` dimensionless, relative to the largest value."""

    offset: ReadingArray
    power: ReadingArray


class LinewidthAnalyzer(Driver, Protocol):
    """Resolves the spectrum of a laser close to its line; linewidths are fitted by the method.

    Offsets beyond `free_range` and averages it cannot do are `LimitRefused`; a lost lock, a beat
    note that is not there and an overload are `InstrumentError`.
    """

    async def principle(self) -> Literal["fabry_perot", "self_heterodyne"]:
        """How it resolves; a self-heterodyne line in Hz is the laser's with itself."""
        ...

    async def spectrum(self, *, span: float) -> LineShape:
        """Relative power over `span` in Hz about the strongest line."""
        ...

    async def free_range(self) -> Reading:
        """Free spectral range, or the largest offset of the beat analyser, in Hz."""
        ...

    async def instrument_width(self) -> Reading:
        """Full width at half maximum in Hz that it gives a line of no width."""
        ...

    async def delay(self) -> Reading:
        """Delay of its fibre in s; `InstrumentError` for a Fabry-Perot."""
        ...

    async def set_averages(self, scans: int) -> None:
        """Scans that make one spectrum."""
        ...
