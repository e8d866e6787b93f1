"""Holds and trips: what takes a procedure off its bench while it runs.

A procedure is a function that can be executed again behind its last committed step. A hold cancels
it, takes the bench to its hold state, and executes it again when nothing holds it any more. A pause
waits for the next checkpoint, which lies before every step and every point of an exposure, and in
the waits between points. A trip cancels it for good.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from labctl import clock
from labctl.errors import InterlockError

T = TypeVar("T")
Changed = Callable[[str, str], None]
"""Is told what happened to an item, "hold", "released" or "trip", and why."""

DAY = 86400.0

LONGEST = 30
"""Days of virtual time after which a hold trips: nobody will come to see to it."""

ALONE = 1
"""The same where nobody but a person can end it."""

PAUSED = "paused"
"""Name of the hold that a person asked for."""


class Held(Exception):
    """The procedure was taken off its bench at run time `since` in s and is to be executed again.

    Without a reason it goes on with the bench as it stands.
    """

    def __init__(self, reason: str, since: float) -> None:
        super().__init__(reason)
        self.since = since


class Checkpoints(Protocol):
    """Where a procedure may be taken off its bench without losing anything."""

    async def checkpoint(self) -> None:
        """Never returns where the procedure is to leave its bench here."""
        ...

    def waiting(self) -> Any:
        """A context manager: inside its block the procedure only waits, and may leave at once."""
        ...

    def quiet(self) -> Awaitable[None]:
        """Return when nothing but the procedure uses the bench: a snapshot may be taken."""
        ...


class Control:
    """What interlocks and people ask of the item under way.

    `changed` is told of holds and trips; `quiet` waits for the interlocks that are being read.
    `causes` are the names of what has held the procedure since it was executed last. All methods
    are called on the run's event loop.
    """

    def __init__(self, changed: Changed) -> None:
        self.reasons: dict[str, str] = {}
        self.causes: set[str] = set()
        self.tripped = self._tripped_at = ""
        self.amended = False
        self._changed = changed
        self._why = ""
        self._since: float | None = None
        self._asked = False
        self._waits = 0
        self._leaving = False
        self._task: asyncio.Task[Any] | None = None
        self.quiet: Callable[[], Awaitable[None]] = _at_once
        self._free = asyncio.Event()
        self._free.set()

    @property
    def state(self) -> str:
        """ "running", or why the item is held."""
        return "; ".join(self.reasons.values()) or "running"

    def hold(self, name: str, reason: str, since: float | None = None) -> None:
        """Take the procedure off its bench now, until `release(name)`.

        `since` is the run time in s from which on it was not really on it, if not now.
        """
        if name not in self.reasons:
            self._since = since
            self._hold(name, reason)
            self._leave()

    def release(self, name: str) -> None:
        """What `hold(name)` was asked for is over."""
        if self.reasons.pop(name, None) is not None:
            self._changed("released", name)
        if not self.reasons:
            self._free.set()

    def pause(self, who: str) -> None:
        """Take the procedure off its bench at the next checkpoint, until `release(PAUSED)`."""
        if PAUSED not in self.reasons:
            self._hold(PAUSED, f"paused by {who}" if who else PAUSED)
            self._ask()

    def trip(self, reason: str, address: str = "") -> None:
        """Take the procedure off its bench for good; `address` is that of the line that is to
        blame, where one is."""
        if not self.tripped:
            self.tripped, self._tripped_at = reason, address
            self._changed("trip", reason)
            self._leave()

    def again(self) -> None:
        """Execute the procedure again, at the latest at its end: its journal was amended."""
        self.amended = True
        self._ask()

    async def checkpoint(self) -> None:
        """Return at once, or never where the procedure is to leave its bench here."""
        if self._asked:
            self._leave()
        if self._leaving:
            await asyncio.get_running_loop().create_future()

    @contextmanager
    def waiting(self) -> Generator[None]:
        """The procedure only waits inside the block, which is a checkpoint throughout."""
        self._waits += 1
        try:
            yield
        finally:
            self._waits -= 1

    async def carry(self, work: Coroutine[Any, Any, T]) -> T:
        """Do `work`; `Held` where it was taken off its bench, `InterlockError` after a trip."""
        with clock.purpose():
            return await self._carried(work)

    async def _carried(self, work: Coroutine[Any, Any, T]) -> T:
        self._task = asyncio.create_task(work, name="procedure")
        self.amended = False
        self.causes = set(self.reasons)
        self._asked, self._why = False, "; ".join(self.reasons.values())
        if self.reasons or self.tripped:
            self._leave()
        try:
            return await self._task
        except asyncio.CancelledError:
            self._raise_why()
            raise
        except Exception as error:
            # What the cancelled procedure made of its cancellation is no failure of its own.
            self._raise_why(error)
            raise
        finally:
            self._task, self._leaving, self._since = None, False, None

    async def released(self) -> None:
        """Return when nothing holds the item any more; `InterlockError` after a trip."""
        if clock.is_virtual():
            with clock.purpose():
                await self._released_soon()
        await self._free.wait()
        self._raise_trip()

    async def _released_soon(self) -> None:
        """In virtual time a hold that nobody ends would be watched for ever, and for no time."""
        began = clock.now()
        for days in (ALONE, LONGEST):
            try:
                async with asyncio.timeout_at(began + days * DAY):
                    await self._free.wait()
                    return
            except TimeoutError:
                if days == LONGEST or set(self.reasons) == {PAUSED}:
                    self.trip(f"held for {days} days of virtual time, as nobody came: {self.state}")
                    return

    def _hold(self, name: str, reason: str) -> None:
        self.reasons[name] = self._why = reason
        self.causes.add(name)
        self._free.clear()
        self._changed("hold", reason)

    def _ask(self) -> None:
        self._asked = True
        if self._waits:
            self._leave()

    def _leave(self) -> None:
        self._asked = False
        if self.tripped:
            self._free.set()
        if self._task is not None and not self._leaving:
            self._since = clock.now() if self._since is None else self._since
            self._leaving = True
            self._task.cancel()

    def _raise_why(self, error: Exception | None = None) -> None:
        """Say why the procedure left its bench, if it was told to; not where the run is ended."""
        task = asyncio.current_task()
        if not self._leaving or (task is not None and task.cancelling()):
            return
        self._raise_trip(error)
        raise Held(self._why, clock.now() if self._since is None else self._since) from error

    def _raise_trip(self, error: Exception | None = None) -> None:
        if self.tripped:
            raise InterlockError(
                f"tripped: {self.tripped}",
                address=self._tripped_at,
                remedy="see to it, then labctl resume goes on with the run",
            ) from error


async def _at_once() -> None:
    """Nobody else uses the bench."""


class NoCheckpoints:
    """For a procedure that nobody takes off its bench."""

    async def checkpoint(self) -> None:
        """Return at once."""

    @contextmanager
    def waiting(self) -> Generator[None]:
        """Nothing."""
        yield

    async def quiet(self) -> None:
        """Return at once."""
