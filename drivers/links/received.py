"""What has come over a connection and was not taken yet, and who waits for it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Protocol, cast

Finder = Callable[[bytearray], int | None]
"""How many bytes of the buffer make the answer; None where more must come."""


class Transport(Protocol):
    """Takes bytes to the far end; it never blocks."""

    def write(self, data: bytes) -> None:
        """Send `data`, now or as soon as the line takes it."""
        ...

    def abort(self) -> None:
        """Hang up at once. Doing it twice is no error."""
        ...


def _pass() -> None:
    """Nothing to do."""


class Received(asyncio.Protocol):
    """Gathers bytes; tells who waits that its answer is whole, or that the line is lost.

    `lost` is what the connection was lost by, None while it stands. `linger` is called when
    somebody waits for the answer to a question: a transport may look for it there and then.
    """

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.transport: Transport | None = None
        self.lost: Exception | None = None
        self.linger: Callable[[], None] = _pass
        self._find: Finder | None = None
        self._waiter: asyncio.Future[int] | None = None
        self._room: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Bytes go out over `transport` from now on, each command at once."""
        self.transport = cast(asyncio.Transport, transport)
        line: socket.socket = transport.get_extra_info("socket")
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def data_received(self, data: bytes) -> None:
        """`data` came from the far end."""
        self.buffer += data
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more will come; who waits is told so."""
        self.lost = exc or ConnectionError("the instrument closed the connection")
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(self.lost)
        self.resume_writing()

    def pause_writing(self) -> None:
        """The line takes no more bytes for now."""
        self._room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """The line takes bytes again."""
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)

    @property
    def is_free(self) -> bool:
        """Whether the connection stands and takes bytes now."""
        return self._room is None and self.lost is None

    def write(self, data: bytes) -> None:
        """Send `data`; that it cannot be sent is told by `sent` and by who waits."""
        if self.transport is not None:
            self.transport.write(data)

    def take(self, length: int) -> bytearray:
        """The first `length` bytes of what came; the rest stays."""
        buffer = self.buffer
        if length == len(buffer):
            self.buffer = bytearray()
            return buffer
        taken = buffer[:length]
        del buffer[:length]
        return taken

    def hang_up(self) -> None:
        """End the connection at once; nothing that comes later is heard. Twice is no error."""
        if self.lost is None:
            self.connection_lost(ConnectionError("the connection was ended here"))
        if self.transport is not None:
            self.transport.abort()

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
