"""Role: air monitor (node for temperature, humidity and pressure of the air around it)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class AirMonitor(Driver, Protocol):
    """Reads the state of the air around a small node. A value that the node does not have, or does
    not know yet, is `InstrumentError`."""

    async def temperature(self) -> Reading:
        """Temperature in degC."""
        ...

    async def humidity(self) -> Reading:
        """Relative humidity in %."""
        ...

    async def pressure(self) -> Reading:
        """Absolute pressure in Pa."""
        ...
