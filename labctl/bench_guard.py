"""A bench in use: whatever happens, it is made safe and its lines are given back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from labctl import clock
from labctl.errors import LabError, LinkError
from labctl.failures import as_lab_error
from labctl.labs import OpenBench
from labctl.platform.interrupts import Interrupts

SECONDS = 60.0
"""Seconds of run time in which a bench must be safe, and as many to give its lines back."""

HURRIED = 0.9
"""The same in real time after an interrupt, twice: the run must end within 2 s."""

Note = Callable[[LabError], None]


@asynccontextmanager
async def in_use(bench: OpenBench, stop: Interrupts, note: Note) -> AsyncGenerator[OpenBench]:
    """Make `bench` safe and close it at the end of the block, also when it is interrupted.

    A failure to do so is told to `note`. It is raised where nothing else was, and never hides
    the error that ended the block.
    """
    try:
        yield bench
    except BaseException as first:
        if isinstance(first, asyncio.CancelledError | KeyboardInterrupt):
            stop.taken(hurried=bench.simulated)
        for failure in await _leave(bench, stop, note):
            first.add_note(f"the bench was not left in order: {failure}")
        raise
    failures = await _leave(bench, stop, note)
    if failures:
        raise failures[0]


async def _leave(bench: OpenBench, stop: Interrupts, note: Note) -> list[LabError]:
    """Make safe, then close; an interrupt that arrives meanwhile leaves it its time."""
    seconds = HURRIED if stop.asked and not clock.is_virtual() else SECONDS
    work = asyncio.create_task(_put_in_order(bench, seconds), name="making the bench safe")
    try:
        failures = await asyncio.shield(work)
    except asyncio.CancelledError:
        stop.taken(hurried=bench.simulated)
        for failure in await _rest(work):
            note(failure)
        raise
    for failure in failures:
        note(failure)
    return failures


async def _rest(work: asyncio.Task[list[LabError]]) -> list[LabError]:
    """The failures of `work`, which gets the time of an interrupted run to end."""
    await asyncio.wait({work}, timeout=SECONDS if clock.is_virtual() else 2 * HURRIED)
    if work.done():
        return work.result()
    work.cancel()
    return [_too_long("leaving the bench", 2 * HURRIED)]


async def _put_in_order(bench: OpenBench, seconds: float) -> list[LabError]:
    found = [
        await _attempt(bench.rig.safe, seconds, "making the bench safe"),
        await _attempt(bench.close, seconds, "giving the lines back"),
    ]
    return [failure for failure in found if failure is not None]


async def _attempt(fn: Callable[[], Awaitable[None]], seconds: float, what: str) -> LabError | None:
    try:
        async with asyncio.timeout(seconds):
            await fn()
    except TimeoutError:
        return _too_long(what, seconds)
    except Exception as error:
        return as_lab_error(error, what)
    return None


def _too_long(what: str, seconds: float) -> LinkError:
    return LinkError(f"{what} took more than {seconds:g} s", remedy="switch the bench off by hand")
