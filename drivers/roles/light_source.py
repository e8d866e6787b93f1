"""Role: light source."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class LightSource(Driver, Protocol):
    """A lamp for broadband, ultraviolet or set light. Its output is judged by a radiometer.

    A level or recipe that it does not have, or that the bench's limits forbid, is `LimitRefused`;
    a lamp that failed to strike is `InstrumentError`.
    """

    async def lamp(self, on: bool) -> None:
        """Lamp on (it needs its warm-up time) or off."""
        ...

    async def shutter(self, is_open: bool) -> None:
        """Shutter open or closed; returns when it has moved."""
        ...

    async def set_level(self, level: float) -> None:
        """Output as a fraction (0..1) of the lamp's full output."""
        ...

    async def set_spectrum(self, recipe: str) -> None:
        """Spectrum by the name of a stored recipe; level unchanged, as a fraction."""
        ...

    async def is_warm(self) -> bool:
        """Whether the lamp has been on for its warm-up time."""
        ...

    async def lamp_hours(self) -> Reading:
        """Hours the lamp has burnt, in h."""
        ...
