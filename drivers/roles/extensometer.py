"""Role: extensometer (strain gauge amplifier)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading


class Extensometer(Driver, Protocol):
    """Reads strain on numbered channels from 1, by clips or by bonded gauges.

    An open or overloaded bridge is `InstrumentError`; a gauge factor, length or rate beyond the
    amplifier's is `LimitRefused`.
    """

    async def set_gauge_factor(self, channel: int, factor: float) -> None:
        """Gauge factor of the bonded gauge, dimensionless (a fraction of resistance per strain)."""
        ...

    async def set_gauge_length(self, channel: int, length: float) -> None:
        """Gauge length of the clip in m."""
        ...

    async def set_zero(self, channel: int) -> None:
        """The present strain counts as 0."""
        ...

    async def strain(self, channel: int) -> Reading:
        """Strain, dimensionless (m/m), tension positive."""
        ...

    async def record(self, channel: int, *, sample_rate: float, duration: float) -> ReadingArray:
        """Strain, dimensionless, shape (n,), at `sample_rate` in 1/s for `duration` in s."""
        ...
