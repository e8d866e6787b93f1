"""Trying again after the line failed: only what may be done twice.

Connecting may be, and an idempotent transaction. Anything else is sent once: whether it arrived
before the line broke is not known, so its error goes to who asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from drivers.links.settings import Backoff
from labctl import clock
from labctl.errors import LinkError

T = TypeVar("T")


async def again(work: Callable[[], Awaitable[T]], backoff: Backoff) -> T:
    """Do `work`; after a retryable `LinkError` wait and do it again. The last error is raised.

    Where it names no command, since the line could not be opened again, it has that of the first.
    """
    command = ""
    for wait in backoff.waits():
        try:
            return await work()
        except LinkError as error:
            if not error.retryable:
                raise
            command = command or error.command
        await clock.sleep(wait)
    try:
        return await work()
    except LinkError as error:
        error.command = error.command or command
        raise
