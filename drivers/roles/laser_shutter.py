"""Role: laser shutter with the interlock of its beam path."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver


class LaserShutter(Driver, Protocol):
    """Blocks a laser beam. Closed is its safe state, read back; it carries no unit.

    Opening with a tripped interlock, and a blade that does not come to the state asked for, are
    `InstrumentError`.
    """

    async def shutter(self, is_open: bool) -> None:
        """Open or closed, read back; returns when it has moved."""
        ...

    async def is_open(self) -> bool:
        """Whether light passes."""
        ...

    async def is_interlock_closed(self) -> bool:
        """Whether the interlock permits the shutter to open."""
        ...
