"""An instrument's own watchdog: it makes itself safe when nothing was heard for some time.

It is no role of a rig: a driver of any role has it where its instrument has one, and whoever opens
the bench arms it.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Watchdog(Protocol):
    """What a driver has whose instrument watches its line."""

    @property
    def address(self) -> str:
        """The link's address."""
        ...

    async def arm(self, seconds: float) -> None:
        """From now on the instrument makes itself safe when it hears nothing for `seconds`.

        Read back. `LimitRefused` for a time that it cannot watch. Arming again is no error.
        """
        ...

    async def feed(self) -> None:
        """Let the instrument hear something; `InstrumentError` where its watchdog is not armed any
        more: it has acted, or the instrument has restarted."""
        ...

    async def disarm(self) -> None:
        """It watches no more; read back. Disarming twice is no error."""
        ...
