"""Role: solar simulator."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class SolarSimulator(Driver, Protocol):
    """A steady-state lamp with a shutter. A reference cell judges its irradiance, not the lamp."""

    async def lamp(self, on: bool) -> None:
        """Lamp on (it needs its warm-up time) or off."""
        ...

    async def shutter(self, is_open: bool) -> None:
        """Shutter open or closed; returns when it has moved."""
        ...

    async def set_irradiance(self, irradiance: float) -> None:
        """Level in W/m2; `LimitRefused` outside the lamp's range."""
        ...

    async def is_warm(self) -> bool:
        """Whether the lamp has been on for its warm-up time."""
        ...

    async def monitor(self) -> Reading:
        """Irradiance in W/m2 by the lamp's own monitor diode: a check of the lamp, no reference."""
        ...

    async def lamp_hours(self) -> Reading:
        """Hours the lamp has burnt, in h."""
        ...
