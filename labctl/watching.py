"""The task that watches interlocks beside a procedure, and shows that the run is alive.

Each interlock has a task of its own on the run's event loop, so a slow line delays no other. Its
instants lie on a grid of run time that its name shifts: a resumed run asks at the moments at which
an undisturbed one would have, and not all interlocks ask at once.
"""

from __future__ import annotations

import asyncio
import logging
import math
import zlib
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from labctl import clock
from labctl.errors import Defect, LabError
from labctl.holding import PAUSED, Control
from labctl.interlocks import Change, Latch, Watch, require_good

_log = logging.getLogger(__name__)

BEAT = 1.0
"""Seconds between two signs of life."""

VIRTUAL_BEAT = 60.0
"""Virtual seconds after which a run in virtual time looks whether a real second has passed."""

Beat = Callable[[], None]


class Watched(Protocol):
    """As much of an open bench as is needed to watch it."""

    @property
    def watches(self) -> Sequence[Watch]:
        """Its interlocks."""
        ...


@asynccontextmanager
async def watching(
    bench: Watched, control: Control, beat: Beat | None = None, since: float | None = None
) -> AsyncGenerator[Watching]:
    """Watch the interlocks of `bench` inside the block; `control` is told what they say.

    All are read first: `InterlockError` where one is not good. With `since`, run time in s, they
    are read from then on only: a bench that is put back to that moment is none before. `beat` is
    called each second.
    """
    if since is None:
        await require_good(bench.watches)
    watch = Watching(bench.watches, control)
    tasks = [asyncio.create_task(work, name=name) for name, work in watch.works(beat, since)]
    try:
        yield watch
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Watching:
    """Interlocks under watch."""

    def __init__(self, watches: Sequence[Watch], control: Control) -> None:
        self._watches = watches
        self._control = control
        self._asking = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def quiet(self) -> None:
        """Return when no interlock is being read at this moment: a snapshot may be taken."""
        while self._asking:
            await self._quiet.wait()

    def works(
        self, beat: Beat | None, since: float | None
    ) -> list[tuple[str, Coroutine[Any, Any, None]]]:
        """What is to be done, by name."""
        start = clock.now() if since is None else since
        found: list[tuple[str, Coroutine[Any, Any, None]]] = []
        for watch in self._watches:
            name = f"interlock {watch.terms.name}"
            found.append((name, self._guarded(watch, start)))
        if beat is not None:
            found.append(("heartbeat", _beating(beat)))
        return found

    async def _guarded(self, watch: Watch, start: float) -> None:
        """Watch for ever; where that is not possible any more, the bench is tripped."""
        latch = Latch(watch.terms, start, pushed=watch.pushed)
        try:
            await clock.sleep_until(start)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._remind(watch, latch))
                group.create_task((self._follow if watch.pushed else self._poll)(watch, latch))
        except Exception as error:
            _log.exception("interlock %s", watch.terms.name)
            self._control.trip(f"{watch.terms.name} cannot be watched any more: {error}")

    async def _poll(self, watch: Watch, latch: Latch) -> None:
        instants = Instants(watch.terms.name, watch.terms.every)
        while True:
            await clock.sleep_until(instants.after(clock.now()))
            self._tell(watch, await self._asked(watch, latch))

    async def _asked(self, watch: Watch, latch: Latch) -> Change | None:
        self._asking += 1
        self._quiet.clear()
        try:
            return latch.found(await watch.read(), clock.now())
        except Defect:
            raise
        except LabError as error:
            return latch.missed(str(error), clock.now(), error.address)
        finally:
            self._asking -= 1
            if not self._asking:
                self._quiet.set()

    async def _follow(self, watch: Watch, latch: Latch) -> None:
        """Listen; where the line is lost, listen anew."""
        while True:
            try:
                async with watch.told() as told:
                    async for finding in told:
                        self._tell(watch, latch.found(finding, clock.now()))
            except Defect:
                raise
            except LabError as error:
                self._tell(watch, latch.missed(str(error), clock.now(), error.address))
            await clock.sleep(watch.terms.every)

    async def _remind(self, watch: Watch, latch: Latch) -> None:
        """Look at the clock for an interlock of which nothing is heard."""
        every = watch.terms.every
        while True:
            await clock.sleep(every if watch.pushed else max(every, latch.due - clock.now()))
            self._tell(watch, latch.passed(clock.now()))

    def _tell(self, watch: Watch, change: Change | None) -> None:
        """Hold, trip or release as the interlock's terms say."""
        if change is None:
            return
        terms, text = watch.terms, f"{watch.terms.name}: {change.text}"
        _log.warning("interlock %s: %s", "good again" if change.good else "not good", text)
        if terms.action == "trip":
            self._control.trip(text, change.address)
        elif not change.good:
            self._control.hold(terms.name, text)
        else:
            if terms.release == "operator":
                self._control.hold(PAUSED, f"{text}; a person lets the run go on")
            self._control.release(terms.name)


class Instants:
    """Run times in s at which the interlock `name` is read: `every` s, shifted by its name."""

    def __init__(self, name: str, every: float) -> None:
        self._every = every
        self._shift = zlib.crc32(name.encode("utf-8")) / 2**32 * every
        self._index = -math.inf

    def after(self, t: float) -> float:
        """The next instant after run time `t` in s that was not given before."""
        passed = math.floor((t - self._shift) / self._every)
        self._index = max(self._index, passed) + 1
        return self._shift + self._index * self._every


async def _beating(beat: Beat) -> None:
    """Call `beat` each second of real time."""
    if not clock.is_virtual():
        while True:
            beat()
            await clock.sleep(BEAT)
    last = -math.inf
    while True:
        if clock.stopwatch() - last >= BEAT:
            last = clock.stopwatch()
            beat()
        await clock.sleep(VIRTUAL_BEAT)
