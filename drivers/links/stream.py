"""A TCP connection as a plain asyncio protocol, one talker at a time, without a task a transaction.

A transaction is one write and one wait. Where its caller is cancelled, the answer stays owed: the
next transaction first waits for it (or its time-out) and for silence, as every line of this package
does.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from drivers.links.retry import again
from drivers.links.settings import NOISE, Backoff
from drivers.links.text import shown
from labctl import clock
from labctl.errors import LinkError

Finder = Callable[[bytearray], int | None]
"""How many bytes of the buffer make the answer; None where more must come."""

OPEN_TIMEOUT = 5.0
"""Seconds to wait for a connection."""


class _Protocol(asyncio.Protocol):
    """Gathers bytes; tells who waits that its answer is whole, or that the line is lost."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.transport: asyncio.Transport | None = None
        self.lost: Exception | None = None
        self._find: Finder | None = None
        self._waiter: asyncio.Future[int] | None = None
        self._room: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        line: socket.socket = transport.get_extra_info("socket")
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = exc or ConnectionError("the instrument closed the connection")
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(self.lost)
        self.resume_writing()

    def pause_writing(self) -> None:
        self._room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)

    async def sent(self) -> None:
        """Return when the line takes bytes again; raises what the connection was lost by."""
        if self._room is not None:
            await self._room
        if self.lost is not None:
            raise self.lost

    def wait_for(self, find: Finder, loop: asyncio.AbstractEventLoop) -> asyncio.Future[int]:
        """Done with the length of the answer as soon as `find` finds it."""
        self._find = find
        waiter = self._waiter = loop.create_future()
        if self.lost is not None:
            waiter.set_exception(self.lost)
        else:
            self._look()
        return waiter

    def _look(self) -> None:
        waiter, find = self._waiter, self._find
        if waiter is None or find is None or waiter.done() or not self.buffer:
            return
        try:
            length = find(self.buffer)
        except Exception as error:
            waiter.set_exception(error)
            return
        if length is not None:
            waiter.set_result(length)


@dataclass
class _Owed:
    """An answer whose caller is gone: how it is found, and until when it may come (run time)."""

    find: Finder
    until: float


class Stream:
    """The connection to `host` and `port`; `quiet` in s is the silence after a failure."""

    def __init__(
        self, address: str, host: str, port: int, *, quiet: float, backoff: Backoff
    ) -> None:
        self.address = address
        self._target = (host, port)
        self._quiet = quiet
        self._backoff = backoff
        self._lock = asyncio.Lock()
        self._protocol = _Protocol()
        self._dirty = False
        self._closed = False
        self._owed: _Owed | None = None

    async def open(self) -> None:
        """Connect, once; `LinkError` where nobody is there."""
        host, port = self._target
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(OPEN_TIMEOUT):
                _, self._protocol = await loop.create_connection(_Protocol, host, port)
        except (OSError, TimeoutError) as error:
            raise LinkError(
                f"cannot be opened ({error or 'no answer'})",
                address=self.address,
                remedy="check host and port, that the instrument is on, and that it has a free "
                "connection",
            ) from error

    async def send(self, data: bytes, command: str) -> None:
        """Send `data` alone on the line; `command` names it in errors."""
        async with self._lock:
            quiet = await self._ready()
            self._dirty = True
            try:
                self._write(data)
                await self._protocol.sent()
            except OSError as error:
                raise self._failure(f"cannot send ({error})", command) from error
            self._dirty = not quiet

    async def ask(
        self, data: bytes | None, find: Finder, timeout: float, command: str
    ) -> bytearray:
        """Send `data` and return the bytes that `find` finds; what was left before is dropped.

        Without `data` only wait, for what came before too. `timeout` in s.
        """
        async with self._lock:
            if not await self._ready():
                raise self._failure("the line never falls silent", command)
            protocol = self._protocol
            self._dirty = True
            if data is not None:
                protocol.buffer.clear()
                self._write(data)
            length = await self._answer(find, timeout, command)
            self._dirty = False
            answer = protocol.buffer[:length]
            del protocol.buffer[:length]
            return answer

    async def resync(self) -> None:
        """Wait for an owed answer, drop all until the line is quiet; connect again if lost."""
        async with self._lock:
            self._dirty = True
            self._dirty = not await self._ready()

    async def close(self) -> None:
        """Hang up. Closing twice is no error."""
        async with self._lock:
            self._closed = True
            if self._protocol.transport is not None:
                self._protocol.transport.abort()

    async def _answer(self, find: Finder, timeout: float, command: str) -> int:
        loop = asyncio.get_running_loop()
        waiter = self._protocol.wait_for(find, loop)
        timer = loop.call_later(timeout, _expire, waiter)
        try:
            return await waiter
        except asyncio.CancelledError:
            self._owed = _Owed(find, timer.when())
            raise
        except TimeoutError as error:
            raise self._failure(f"no whole answer within {timeout:g} s", command) from error
        except ValueError as error:
            raise self._failure(f"broken answer ({error})", command) from error
        except OSError as error:
            raise self._failure(f"cannot read ({error})", command) from error
        finally:
            timer.cancel()

    def _write(self, data: bytes) -> None:
        if self._protocol.transport is not None:
            self._protocol.transport.write(data)

    async def _ready(self) -> bool:
        """Whether the line is open and silent."""
        if self._closed:
            raise LinkError("the line is closed", address=self.address)
        quiet = True
        if self._dirty and self._protocol.lost is None:
            quiet = await self._settle()
        if self._protocol.lost is not None:
            await again(self.open, self._backoff)
            self._owed = None
        return quiet

    async def _settle(self) -> bool:
        owed, self._owed = self._owed, None
        # Whatever ends the wait, silence is what tells that the line is free.
        if owed is not None:
            with contextlib.suppress(TimeoutError, ValueError, OSError):
                await self._until(owed.find, owed.until)
        end = clock.now() + NOISE
        with contextlib.suppress(TimeoutError, OSError):
            while clock.now() < end:
                self._protocol.buffer.clear()
                await self._until(len, clock.now() + self._quiet)
            return False
        return True

    async def _until(self, find: Finder, until: float) -> None:
        loop = asyncio.get_running_loop()
        waiter = self._protocol.wait_for(find, loop)
        timer = loop.call_at(until, _expire, waiter)
        try:
            await waiter
        finally:
            timer.cancel()

    def _failure(self, what: str, command: str) -> LinkError:
        return LinkError(
            what,
            address=self.address,
            command=command,
            answer=shown(bytes(self._protocol.buffer)),
            remedy="check that the instrument is on, connected, and used by nobody else",
        )


def _expire(waiter: asyncio.Future[int]) -> None:
    if not waiter.done():
        waiter.set_exception(TimeoutError())
