"""Waiting for a commit, which another thread announces."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

from labctl.errors import JournalError


class Blocking:
    """Waits for a commit by blocking the thread: for virtual time.

    A lock that the other thread releases costs a fifth of a `threading.Event`.
    """

    def __init__(self) -> None:
        self._committed = threading.Lock()
        self._committed.acquire()
        self._error: JournalError | None = None

    def done(self, error: JournalError | None) -> None:
        """Announce the commit, or why there is none; called in the other thread."""
        self._error = error
        self._committed.release()

    async def wait(self) -> None:
        """Return after the commit; raises the announced error."""
        self._committed.acquire()
        if self._error is not None:
            raise self._error


class Awaitable:
    """Waits for a commit as a coroutine: for real time."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._future: asyncio.Future[None] = self._loop.create_future()

    def done(self, error: JournalError | None) -> None:
        """Announce the commit, or why there is none; called in the other thread."""
        # A loop that an interrupt has closed meanwhile has nobody left who waits.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._set, error)

    def _set(self, error: JournalError | None) -> None:
        if self._future.done():
            return
        if error is None:
            self._future.set_result(None)
        else:
            self._future.set_exception(error)

    async def wait(self) -> None:
        """Return after the commit; raises the announced error."""
        await self._future
