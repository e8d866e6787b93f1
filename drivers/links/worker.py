"""Where blocking library code runs: in a greenlet over a simulated line, else in a thread.

A thread belongs to one line, so that two calls into one resource never overlap.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from labctl import clock

T = TypeVar("T")


class Worker:
    """Runs the blocking calls of one line, `simulated` or real."""

    def __init__(self, name: str, *, simulated: bool) -> None:
        self._thread = None if simulated else ThreadPoolExecutor(1, thread_name_prefix=name)

    async def run(self, fn: Callable[[], T]) -> T:
        """The result of `fn()`, without blocking the event loop."""
        if self._thread is None:
            return await clock.blocking(fn)
        return await asyncio.get_running_loop().run_in_executor(self._thread, fn)

    def seconds(self) -> float:
        """Seconds of a clock that goes on evenly, for code that this worker runs."""
        return clock.now() if self._thread is None else clock.stopwatch()

    def close(self) -> None:
        """No call is taken any more; the thread ends with the one it is in."""
        if self._thread is not None:
            self._thread.shutdown(wait=False)
