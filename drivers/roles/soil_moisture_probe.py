"""Role: soil moisture probe."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class SoilMoistureProbe(Driver, Protocol):
    """Reads the soil at numbered depths from the top, 1 first. A probe that does not answer or is
    out of range is `InstrumentError`; a depth that it does not have is `LimitRefused`."""

    async def depths(self) -> tuple[float, ...]:
        """Depth of each sensor below ground in m."""
        ...

    async def water_content(self, level: int) -> Reading:
        """Volumetric water content in m**3/m**3."""
        ...

    async def temperature(self, level: int) -> Reading:
        """Soil temperature in degC."""
        ...

    async def conductivity(self, level: int) -> Reading:
        """Bulk electrical conductivity in S/m at the temperature of the soil."""
        ...
