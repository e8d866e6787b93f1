"""Role: dimension gauge (micrometer, caliper, tape, width gauge)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class DimensionGauge(Driver, Protocol):
    """Reads one length. A gauge out of range, or one whose battery is low, is `InstrumentError`; a
    preset beyond its range is `LimitRefused`."""

    async def length(self) -> Reading:
        """Length in m as shown, at the temperature of the gauge."""
        ...

    async def set_zero(self) -> None:
        """The present position counts as 0 m."""
        ...

    async def preset(self, length: float) -> None:
        """The present position counts as `length` in m (a gauge block's)."""
        ...

    async def next_length(self, *, timeout: float) -> Reading:
        """The length in m that the operator sends next by the gauge's key; at most `timeout` in
        s."""
        ...

    async def measuring_force(self) -> Reading:
        """Measuring force in N by the data sheet; 0 for an optical gauge."""
        ...
