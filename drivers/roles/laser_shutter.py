"""Role: safety shutter of a laser, with the interlock that keeps it shut."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver


class LaserShutter(Driver, Protocol):
    """Lets a laser's beam into the rig, or keeps it out; its safe state is shut.

    An open interlock (a door, a cover) shuts it whatever was asked for; it does not open by itself
    when the interlock closes again. Opening against an open interlock, and a blade that does not
    follow within the seconds that it needs, are `InstrumentError`; nothing is ever toggled blindly.
    """

    async def open(self) -> None:
        """Beam let in; returns when the blade's own contact says so."""
        ...

    async def shut(self) -> None:
        """Beam kept out; returns when the blade's own contact says so."""
        ...

    async def is_open(self) -> bool:
        """Whether the blade stands open, by its contact; what was asked for does not count."""
        ...

    async def is_interlock_closed(self) -> bool:
        """Whether the interlock permits opening."""
        ...
