"""Role: pyrometer (radiation thermometer)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class Pyrometer(Driver, Protocol):
    """Reads a surface temperature from its thermal radiation.

    A temperature below or above the range is `InstrumentError`; an emissivity outside the
    instrument's range is `LimitRefused`.
    """

    async def set_emissivity(self, emissivity: float) -> None:
        """Emissivity of the surface, a fraction (0..1)."""
        ...

    async def emissivity(self) -> Reading:
        """Emissivity in force, dimensionless."""
        ...

    async def set_response_time(self, seconds: float) -> None:
        """Time in s to 95 % of a step: the shortest setting that is not below `seconds`."""
        ...

    async def temperature(self) -> Reading:
        """Surface temperature in degC."""
        ...

    async def internal_temperature(self) -> Reading:
        """Temperature of the instrument's head in degC."""
        ...
