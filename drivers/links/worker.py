"""Where blocking library code runs: in a greenlet over a simulated line, else in a thread.

A thread belongs to one line, so that two calls into one resource never overlap.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from labctl import clock

T = TypeVar("T")

SLICE = 0.1
"""Longest wait in s of a call in a thread that may have to end early."""


class Worker:
    """Runs the blocking calls of one line, `simulated` or real."""

    def __init__(self, name: str, *, simulated: bool) -> None:
        self._thread = None if simulated else ThreadPoolExecutor(1, thread_name_prefix=name)

    async def run(self, fn: Callable[[], T]) -> T:
        """The result of `fn()`, without blocking the event loop."""
        if self._thread is None:
            return await clock.blocking(fn)
        return await asyncio.get_running_loop().run_in_executor(self._thread, fn)

    def slice(self, seconds: float) -> float:
        """How long to wait at a time, of `seconds`: a call in a thread can end only in between."""
        return seconds if self._thread is None else min(seconds, SLICE)

    def leave(self, running: asyncio.Future[Any]) -> bool:
        """End the call that `running` waits for; False where it must end by itself."""
        return self._thread is None and running.cancel()

    def seconds(self) -> float:
        """Seconds of a clock that goes on evenly, for code that this worker runs."""
        return clock.now() if self._thread is None else clock.stopwatch()

    def close(self) -> None:
        """No call is taken any more; the thread ends with the one it is in."""
        if self._thread is not None:
            self._thread.shutdown(wait=False)
