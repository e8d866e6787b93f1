"""A connection on the event loop, one talker at a time, without a task or a thread a transaction.

A transaction is one write and one wait. Where the caller of a question is cancelled, its answer
stays owed: the next transaction waits for it, as long as the line must be silent after a failure,
and hangs up where that is not enough. A late answer goes to a connection that nobody reads then,
so no caller takes it for his own, and nobody waits for the time-out of somebody who is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from drivers.links.gate import current_gate
from drivers.links.received import Finder, Received
from drivers.links.retry import again
from drivers.links.settings import NOISE, Backoff
from drivers.links.text import shown
from drivers.links.waiting import Deadline, Turns
from labctl import clock
from labctl.errors import LinkError

Connect = Callable[[], Awaitable[Received]]
"""Makes a fresh connection; `LinkError` where nobody is there."""


@dataclass
class _Owed:
    """An answer whose caller is gone: how it is found, and until when it may come (run time)."""

    find: Finder
    until: float


class Stream:
    """The line that `connect` makes; `quiet` in s is the silence after a failure.

    Connecting anew is tried as `backoff` says.
    """

    def __init__(self, address: str, connect: Connect, *, quiet: float, backoff: Backoff) -> None:
        self.address = address
        self._connect = connect
        self._quiet = quiet
        self._backoff = backoff
        self._gate = current_gate()
        self._turns = Turns()
        self._deadline = Deadline()
        self._received = Received()
        self._dirty = False
        self._closed = False
        self._owed: _Owed | None = None

    async def open(self) -> None:
        """Connect, once; `LinkError` where nobody is there."""
        self._received = await self._connect()

    async def send(self, data: bytes, command: str) -> None:
        """Send `data` alone on the line; `command` names it in errors."""
        self._gate(self.address)
        if not self._turns.take():
            await self._turns.wait()
        try:
            quiet = await self._ready() if self._needs_care() else True
            received = self._received
            self._dirty = True
            received.write(data)
            if not received.is_free:
                try:
                    await received.sent()
                except OSError as error:
                    raise self._failure(f"cannot send ({error})", command) from error
            self._dirty = not quiet
        finally:
            self._turns.give()

    async def ask(
        self, data: bytes | None, find: Finder, timeout: float, command: str
    ) -> bytearray:
        """Send `data` and return the bytes that `find` finds; what was left before is dropped.

        Without `data` only wait, for what came before too. `timeout` in s.
        """
        self._gate(self.address)
        if not self._turns.take():
            await self._turns.wait()
        try:
            if self._needs_care() and not await self._ready():
                raise self._failure("the line never falls silent", command)
            received = self._received
            self._dirty = True
            if data is not None:
                received.buffer.clear()
                received.write(data)
            length = await self._answer(find, timeout, command, owed=data is not None)
            self._dirty = False
            return received.take(length)
        finally:
            self._turns.give()

    async def resync(self) -> None:
        """Get rid of an owed answer, drop all until the line is quiet; connect again if lost."""
        if not self._turns.take():
            await self._turns.wait()
        try:
            self._dirty = True
            self._dirty = not await self._ready()
        finally:
            self._turns.give()

    async def close(self) -> None:
        """Hang up. Closing twice is no error."""
        if not self._turns.take():
            await self._turns.wait()
        self._closed = True
        self._deadline.cancel()
        self._received.hang_up()
        self._turns.give()

    async def _answer(self, find: Finder, timeout: float, command: str, *, owed: bool) -> int:
        """How long the answer is; where the caller is cancelled it stays `owed`, if it is."""
        until = clock.now() + timeout
        try:
            waiter = self._until(find, until)
            if owed and not waiter.done():
                self._received.linger()
            return await waiter
        except asyncio.CancelledError:
            if owed:
                self._owed = _Owed(find, until)
            raise
        except (OSError, ValueError) as error:  # TimeoutError is an OSError
            raise self._failure(_why(error, timeout), command) from error

    def _needs_care(self) -> bool:
        return self._dirty or self._closed or self._received.lost is not None

    async def _ready(self) -> bool:
        """Whether the line is open and silent."""
        if self._closed:
            raise LinkError("the line is closed", address=self.address)
        quiet = True
        if self._dirty and self._received.lost is None:
            quiet = await self._settle()
        if self._received.lost is not None:
            await again(self.open, self._backoff)
            self._owed = None
        return quiet

    async def _settle(self) -> bool:
        if self._owed is not None:
            await self._rid_of(self._owed)
            self._owed = None
        end = clock.now() + NOISE
        with contextlib.suppress(OSError):  # silence, or a lost line: nothing comes in between
            while clock.now() < end:
                self._received.buffer.clear()
                await self._until(len, clock.now() + self._quiet)
            return False
        return True

    async def _rid_of(self, owed: _Owed) -> None:
        """Wait a moment for an answer that nobody waits for; hang up where it needs longer."""
        until = min(owed.until, clock.now() + self._quiet)
        try:
            await self._until(owed.find, until)
        except TimeoutError:
            if until < owed.until:
                self._received.hang_up()
        except (ValueError, OSError):
            pass  # it came broken, or the line is lost: the silence that is waited for tells

    def _until(self, find: Finder, until: float) -> asyncio.Future[int]:
        """Done with the length of what `find` finds; `TimeoutError` at run time `until` in s."""
        waiter = self._received.wait_for(find, asyncio.get_running_loop())
        self._deadline.set(waiter, until)
        return waiter

    def _failure(self, what: str, command: str) -> LinkError:
        return LinkError(
            what,
            address=self.address,
            command=command,
            answer=shown(bytes(self._received.buffer)),
            remedy="check that the instrument is on, connected, and used by nobody else",
        )


def _why(error: Exception, timeout: float) -> str:
    if isinstance(error, TimeoutError):
        return f"no whole answer within {timeout:g} s"
    if isinstance(error, ValueError):
        return f"broken answer ({error})"
    return f"cannot read ({error})"
