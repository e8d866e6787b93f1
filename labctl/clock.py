"""The only place that reads a clock.

`now()` is run time in seconds, `stamp()` run time with Unix time, `utc()` the date, `sleep()`
waits. Which event loop was started decides whether time is real: `run(main, virtual=True)` starts
a `VirtualTimeLoop`, whose time jumps to the next timer when nothing is ready and no byte is in
flight; `run(main, virtual=False)` starts the platform's loop. Both begin at run time 0, or where a
resumed run goes on.

A byte in flight (one end has written it, the other has not read it yet) holds virtual time: the
plug that knows says so with `hold()`. A pending request is no hold: its time-out is a timer, so a
silent instrument times out in virtual time too.

Blocking libraries (pyvisa, pyserial) run in a greenlet on the loop's thread: `blocking(fn)` starts
one, and a simulated line inside it calls `park(awaitable)` where a real line would block. The
thread is never blocked, so every other task keeps its time.
"""

from __future__ import annotations

import asyncio
import sys
import time as _time
from collections.abc import Coroutine, Generator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, TypeVar

from labctl.greenlets import blocking, park
from labctl.virtual_loop import VIRTUAL_EPOCH, VirtualDeadlock, VirtualTimeLoop

__all__ = [
    "VIRTUAL_EPOCH",
    "RealTimeLoop",
    "VirtualDeadlock",
    "VirtualTimeLoop",
    "blocking",
    "held",
    "hold",
    "is_virtual",
    "new_loop",
    "now",
    "park",
    "purpose",
    "release",
    "run",
    "skip",
    "sleep",
    "sleep_until",
    "stamp",
    "stopwatch",
    "utc",
    "wall",
]

T = TypeVar("T")

if sys.platform == "win32":
    _PlatformLoop = asyncio.ProactorEventLoop
else:
    _PlatformLoop = asyncio.SelectorEventLoop


class RealTimeLoop(_PlatformLoop):
    """The platform's own event loop, with run time `start` in s at its start."""

    def __init__(self, start: float = 0.0) -> None:
        self._origin = _time.monotonic() - start
        super().__init__()

    def time(self) -> float:
        """Real run time in seconds."""
        return _time.monotonic() - self._origin

    def skip(self, seconds: float) -> None:
        """Let run time go on by `seconds` at once."""
        self._origin -= seconds


def now() -> float:
    """Run time in seconds, of the running event loop."""
    return asyncio.get_running_loop().time()


def is_virtual() -> bool:
    """Whether the running event loop keeps virtual time."""
    return isinstance(asyncio.get_running_loop(), VirtualTimeLoop)


def stamp() -> tuple[float, float]:
    """(run time in seconds, Unix time in seconds) of this moment."""
    loop = asyncio.get_running_loop()
    if isinstance(loop, VirtualTimeLoop):
        t = loop.time()
        return t, loop.epoch + t
    return loop.time(), _time.time()


def utc() -> datetime:
    """Date and time of this moment in UTC, virtual where time is virtual."""
    return datetime.fromtimestamp(stamp()[1], UTC)


def wall() -> datetime:
    """Date and time of the real world in UTC, also under virtual time: for file names and logs."""
    return datetime.now(UTC)


def stopwatch() -> float:
    """Real seconds of a monotonic clock, also under virtual time: for progress and speed."""
    return _time.perf_counter()


def skip(seconds: float) -> None:
    """Let real run time go on by `seconds` at once: it stood still while the date went on."""
    loop = asyncio.get_running_loop()
    if isinstance(loop, RealTimeLoop):
        loop.skip(seconds)


async def sleep(seconds: float) -> None:
    """Wait for `seconds` of run time."""
    await asyncio.sleep(seconds)


async def sleep_until(t: float) -> None:
    """Wait until run time `t` in seconds; returns at once where it has passed."""
    loop = asyncio.get_running_loop()
    if t <= loop.time():
        return
    waiter: asyncio.Future[None] = loop.create_future()
    handle = loop.call_at(t, _release, waiter)
    try:
        await waiter
    finally:
        handle.cancel()


def _release(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)


def hold(name: str, count: int = 1) -> None:
    """Say that `count` more bytes (or messages) are in flight at `name`; no effect in real time."""
    loop = asyncio.get_running_loop()
    if isinstance(loop, VirtualTimeLoop):
        loop.holds.change(name, count)


def release(name: str, count: int = 1) -> None:
    """Say that `count` bytes (or messages) held by `hold(name)` have arrived or are lost."""
    loop = asyncio.get_running_loop()
    if isinstance(loop, VirtualTimeLoop):
        loop.holds.change(name, -count)


@contextmanager
def held(name: str) -> Generator[None]:
    """Virtual time stands still inside the `with` block."""
    hold(name)
    try:
        yield
    finally:
        release(name)


@contextmanager
def purpose() -> Generator[None]:
    """Virtual time goes on for what is done inside the `with` block, and in tasks begun there.

    `VirtualDeadlock` where it waits for a day and has set no timer, whatever else goes on.
    """
    loop = asyncio.get_running_loop()
    with loop.purpose() if isinstance(loop, VirtualTimeLoop) else nullcontext():
        yield


def new_loop(virtual: bool, start: float = 0.0) -> asyncio.AbstractEventLoop:
    """A fresh event loop in virtual or real time, from run time `start` seconds on."""
    return VirtualTimeLoop(start) if virtual else RealTimeLoop(start)


def run(main: Coroutine[Any, Any, T], *, virtual: bool, start: float = 0.0) -> T:
    """Run `main` to its end on a fresh event loop in virtual or real time."""
    with asyncio.Runner(loop_factory=lambda: new_loop(virtual, start)) as runner:
        return runner.run(main)
