"""The event loop of virtual time: it jumps to the next timer instead of waiting for it.

Use it through `labctl.clock`. A byte in flight (one end has written it, the other has not read it
yet) holds time; a thread in the executor does too. With nothing ready and no timer, or held with
nothing arriving, it stops with `VirtualDeadlock` and names who holds the clock.

Interlocks that are read and instruments that tick set timers for ever, so that there always is a
next one. Where the loop was told what its time goes on for (`purpose`), the timers of that alone
count: without one of them for `IDLE` virtual seconds it stops as well.
"""

from __future__ import annotations

import asyncio
import heapq
import math
import selectors
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import Context, ContextVar
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from labctl.errors import Defect

T = TypeVar("T")

VIRTUAL_EPOCH = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
"""Unix time at virtual run time 0: 2026-01-01T00:00:00Z."""

PATIENCE = 5.0
"""Real seconds that held virtual time waits for the bytes in flight."""

IDLE = 86400.0
"""Virtual seconds without a timer of what time goes on for, after which nothing will come of it."""

OWN_FILES = 1
"""Files that a loop registers for itself: the pipe that wakes it from signals and threads."""

UNASKED = 100
"""Turns of the loop without a look at the system, while only its own files are registered."""


_counts: ContextVar[bool] = ContextVar("counts", default=False)
"""Whether a timer that is set here is one of what virtual time goes on for."""


class VirtualDeadlock(Defect):
    """Nothing is ready, no timer is set that counts, or a byte in flight never arrived.

    The message names who holds the clock.
    """

    kind = "deadlock"


class _Holds:
    """Counts of bytes in flight by name."""

    def __init__(self) -> None:
        self._by_name: dict[str, int] = {}

    def change(self, name: str, by: int) -> None:
        count = self._by_name.get(name, 0) + by
        if count < 0:
            raise Defect(f"clock hold {name!r} released more often than taken")
        if count:
            self._by_name[name] = count
        else:
            self._by_name.pop(name, None)

    def names(self) -> list[str]:
        return [f"{name} ({count})" for name, count in self._by_name.items()]

    def __bool__(self) -> bool:
        return bool(self._by_name)


class _JumpingSelector(selectors.BaseSelector):
    """Polls a real selector; where it would wait, it moves the loop's virtual time instead.

    While nothing but the loop's own wake-up pipe is registered, nothing real can come that the
    loop does not learn of otherwise; then the system is asked only now and then.
    """

    def __init__(self, inner: selectors.BaseSelector) -> None:
        self._inner = inner
        self._files = 0
        self._unasked = 0
        self.loop: VirtualTimeLoop | None = None

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        loop = self.loop
        ready = self._poll()
        if ready or loop is None or (timeout is not None and timeout <= 0):
            return ready
        if loop.holds:
            ready = self._inner.select(PATIENCE)
            if not ready:
                loop.deadlock(f"no byte moved for {PATIENCE:g} s of real time")
            return ready
        if not loop.jump():
            ready = self._inner.select(0)
            if not ready:
                loop.deadlock("nothing is ready and no timer is set")
        return ready

    def _poll(self) -> list[tuple[selectors.SelectorKey, int]]:
        if self._files <= OWN_FILES and self._unasked < UNASKED:
            self._unasked += 1
            return []
        self._unasked = 0
        return self._inner.select(0)

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        self._files += 1
        return self._inner.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        self._files -= 1
        return self._inner.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._inner.modify(fileobj, events, data)

    def close(self) -> None:
        self._inner.close()

    def get_map(self) -> Any:
        return self._inner.get_map()


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop whose time jumps to the next timer when nothing else is to be done.

    `start` is the run time in seconds at which it begins, `epoch` the Unix time of run time 0.
    """

    def __init__(self, start: float = 0.0, epoch: float = VIRTUAL_EPOCH) -> None:
        self._virtual = start
        self.epoch = epoch
        self.holds = _Holds()
        self._purposes = 0
        self._moved = start
        selector = _JumpingSelector(selectors.DefaultSelector())
        super().__init__(selector)
        self._move(start)
        selector.loop = self

    def time(self) -> float:
        """Virtual run time in seconds."""
        return self._virtual

    def jump(self) -> bool:
        """Move time to the next timer; False where none is set."""
        # BaseEventLoop keeps its timers in the heap `_scheduled` and has dropped cancelled ones
        # from its head before it calls the selector. Taking the timer's own `when` instead of
        # adding the selector's timeout keeps 1,000 hours free of rounding drift.
        timers = cast("list[asyncio.TimerHandle]", self._scheduled)  # type: ignore[attr-defined]
        while timers and timers[0].cancelled():
            heapq.heappop(timers)
        if not timers:
            return False
        if self._purposes:
            self._look_for_purpose(timers)
        self._move(max(self._virtual, timers[0].when()))
        return True

    @contextmanager
    def purpose(self) -> Generator[None]:
        """Time goes on for what is done inside the block, and in tasks begun there.

        Who waits there for `IDLE` s while no timer of theirs is set waits in vain.
        """
        token = _counts.set(True)
        self._purposes += 1
        self._moved = self._virtual
        try:
            yield
        finally:
            self._purposes -= 1
            _counts.reset(token)

    def _look_for_purpose(self, timers: list[asyncio.TimerHandle]) -> None:
        if timers[0].when() - self._moved <= IDLE and not _serves(timers[0]):
            return
        self._moved = timers[0].when()
        if not any(_serves(timer) for timer in timers):
            self.deadlock(f"nobody has set a timer that it goes on for, for {IDLE:g} s")

    def _move(self, t: float) -> None:
        self._virtual = t
        # asyncio lets a timer fire early by the resolution of the system's clock. Here one that did
        # would find nothing to do, and set itself again for a time that is not jumped to while what
        # it woke is ready. The next number after `t` is as near as asyncio's sum can come.
        self._clock_resolution = math.ulp(t)

    def deadlock(self, why: str) -> None:
        """Stop the loop with `VirtualDeadlock`, naming the holders and the waiting tasks."""
        waiting = sorted(task.get_name() for task in asyncio.all_tasks(self))
        held = ", ".join(self.holds.names()) or "nobody"
        raise VirtualDeadlock(
            f"virtual time cannot go on at {self._virtual:g} s: {why}; "
            f"held by {held}; waiting tasks: {', '.join(waiting) or 'none'}"
        )

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        """As asyncio's; virtual time stands still until the thread has finished."""
        name = f"executor {getattr(func, '__qualname__', func)!s}"
        self.holds.change(name, +1)
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(lambda _: self.holds.change(name, -1))
        return future

    async def shutdown_default_executor(self, *timeout: Any) -> None:
        """As asyncio's; virtual time stands still until the executor's threads have ended."""
        name = "end of the executor"
        self.holds.change(name, +1)
        try:
            await super().shutdown_default_executor(*timeout)
        finally:
            self.holds.change(name, -1)


def _serves(timer: asyncio.TimerHandle) -> bool:
    """Whether it was set by, or for, what time goes on for; asyncio keeps where it was set."""
    where = cast("Context", timer._context)  # type: ignore[attr-defined]
    return not timer.cancelled() and where.get(_counts, False)
