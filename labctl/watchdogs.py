"""Instruments' own watchdogs, armed and fed while an item runs: they act where nothing else can.

A guardian makes a bench safe when the worker dies. Where the computer loses its power, or the line
breaks, only the instrument itself is left. Each that watches its own line is armed before anything
is energised, hears something every few seconds, and is disarmed when the item has ended.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from labctl import clock
from labctl.errors import LabError, LinkError

_log = logging.getLogger(__name__)

SECONDS = 15.0
"""Seconds of silence after which an instrument acts by itself."""

EVERY = 3.0
"""Seconds between two feedings: several may fail before the instrument acts."""


class Watchdog(Protocol):
    """An instrument that watches its own line (drivers/roles/watchdog.py)."""

    @property
    def address(self) -> str:
        """The link's address."""
        ...

    async def arm(self, seconds: float) -> None:
        """It makes itself safe when it hears nothing for `seconds`."""
        ...

    async def feed(self) -> None:
        """Let it hear something; `InstrumentError` where it is not armed any more."""
        ...

    async def disarm(self) -> None:
        """It watches no more."""
        ...


Lost = Callable[[str], None]
"""Is told why an instrument is not watching any more: it has acted, or has restarted."""


@asynccontextmanager
async def fed(watchdogs: Sequence[Watchdog], lost: Lost) -> AsyncGenerator[None]:
    """Inside the block every instrument of `watchdogs` is armed, and fed by a task of its own.

    Arming raises what the instrument raises. `lost` is told where an instrument has acted by
    itself or has restarted. A line that is silent for a while is tried again: the instrument acts
    when it is for too long.
    """
    tasks: list[asyncio.Task[None]] = []
    try:
        for watchdog in watchdogs:
            await watchdog.arm(SECONDS)
            name = f"watchdog {watchdog.address}"
            tasks.append(asyncio.create_task(_feed(watchdog, lost), name=name))
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for watchdog in watchdogs[: len(tasks)]:
            await _disarm(watchdog)


async def _feed(watchdog: Watchdog, lost: Lost) -> None:
    while True:
        await clock.sleep(EVERY)
        try:
            await watchdog.feed()
        except LinkError as error:
            _log.warning("%s could not be fed: %s", watchdog.address, error)
        except LabError as error:
            lost(str(error))
            return


async def _disarm(watchdog: Watchdog) -> None:
    """One that cannot be disarmed acts by itself: it makes itself safe, no more."""
    try:
        await watchdog.disarm()
    except LabError as error:
        _log.warning("%s could not be disarmed: %s", watchdog.address, error)
