"""One talker at a time: the discipline that every link of this package keeps.

A transaction that was cancelled is not torn out of the library: it runs to its answer or its
time-out in the background, the next one waits for it and brings the line to a known state first.
So a late answer is never taken for the answer to a later command. Where nothing was asked, nothing
is owed: such a wait is cut short, and the next transaction goes on at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from drivers.links.gate import current_gate
from labctl.errors import LinkError

T = TypeVar("T")

Work = Callable[[], Awaitable[T]]

Cut = Callable[[asyncio.Future[Any]], None]
"""Ends work that is under way in the task that it is given, at once or soon."""


class Line:
    """Runs transactions one after the other, and knows whether the line is in a known state.

    `resync` brings the line to a known state; it is run before the first transaction after one
    that failed or was cancelled.
    """

    def __init__(self, address: str, resync: Work[None]) -> None:
        self.address = address
        self._resync = resync
        self._gate = current_gate()
        self._lock = asyncio.Lock()
        self._running: asyncio.Future[Any] | None = None
        self._dirty = False
        self._closed = False

    @property
    def is_dirty(self) -> bool:
        """Whether the last transaction did not come to its end."""
        return self._dirty

    async def transact(self, work: Work[T], cut: Cut | None = None) -> T:
        """Run `work` alone on the line; raises what it raises, `LinkError` on a closed line.

        Where the caller is cancelled and nothing is owed to it, `cut` ends `work` early.
        """
        self._gate(self.address)
        async with self._lock:
            if self._closed:
                raise LinkError("the line is closed", address=self.address)
            await self._settle()
            self._dirty = True
            try:
                answer = await self._run(work)
            except asyncio.CancelledError:
                if cut is not None and self._running is not None:
                    cut(self._running)
                raise
            self._dirty = False
            return answer

    async def resync(self) -> None:
        """Bring the line to a known state now."""
        async with self._lock:
            self._dirty = True
            await self._settle()

    async def close(self, work: Work[None]) -> None:
        """Run `work` as the line's last transaction; closing twice is no error."""
        async with self._lock:
            if self._closed:
                return
            self._closed = True
            await self._wait_for_abandoned()
            await self._run(work)

    async def _settle(self) -> None:
        await self._wait_for_abandoned()
        if self._dirty:
            await self._run(self._resync)
            self._dirty = False

    async def _wait_for_abandoned(self) -> None:
        if self._running is not None and not self._running.done():
            await asyncio.wait([self._running])

    async def _run(self, work: Work[T]) -> T:
        """Await `work` in a task of its own, which goes on when the caller is cancelled."""
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._running = asyncio.ensure_future(_deliver(work, outcome))
        return await outcome


async def _deliver(work: Work[T], outcome: asyncio.Future[T]) -> None:
    """Do `work` and tell `outcome`, unless nobody waits for it any more."""
    try:
        answer = await work()
    except asyncio.CancelledError:
        outcome.cancel()
        raise
    except Exception as error:
        if not outcome.done():
            outcome.set_exception(error)
    else:
        if not outcome.done():
            outcome.set_result(answer)
