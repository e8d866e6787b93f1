"""Role: encoder (length, angle and speed)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class Encoder(Driver, Protocol):
    """Counts marks of a rotary or linear scale, a measuring wheel or an odometer.

    A lost reference mark, a signal too weak or a counter that overran is `InstrumentError`; a
    preset beyond the counter is `LimitRefused`.
    """

    async def set_zero(self) -> None:
        """The present position counts as 0."""
        ...

    async def count(self) -> Reading:
        """Marks since zero, dimensionless, signed; wraps of the counter are added up."""
        ...

    async def position(self) -> Reading:
        """Position since zero, in m on a linear scale or wheel, in rad on a rotary one."""
        ...

    async def travelled(self) -> Reading:
        """Way made since zero whatever its direction, in m or rad."""
        ...

    async def speed(self) -> Reading:
        """Speed in m/s on a linear scale or wheel, in rad/s on a rotary one."""
        ...
