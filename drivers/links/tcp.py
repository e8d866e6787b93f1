"""Links over a TCP socket: lines of text (SCPI), and raw frames. The fast path beside VISA."""

from __future__ import annotations

import asyncio

from drivers.links.answers import Answers
from drivers.links.link import Frame
from drivers.links.received import Finder, Received
from drivers.links.settings import Backoff, BytesSettings, MessageSettings
from drivers.links.stream import Connect, Stream
from labctl.errors import LinkError

OPEN_TIMEOUT = 5.0
"""Seconds to wait for a connection."""


class TcpLink:
    """A `MessageLink` on `stream`; make it with `open_tcp_messages`."""

    def __init__(self, stream: Stream, settings: MessageSettings) -> None:
        self._stream = stream
        self._timeout = settings.timeout
        self._end = settings.write_terminator.encode("ascii")
        self._answers = Answers(settings)

    @property
    def address(self) -> str:
        """Where this link goes, `tcp://host:port`."""
        return self._stream.address

    async def write(self, command: str) -> None:
        """Send `command` with the line's terminator."""
        await self._stream.send(command.encode("ascii") + self._end, command)

    async def query(self, command: str, timeout: float | None = None) -> str:
        """Send `command`, return the answer without its terminator. `timeout` in seconds."""
        answer = await self._stream.ask(
            command.encode("ascii") + self._end,
            self._answers.finder(command),
            self._timeout if timeout is None else timeout,
            command,
        )
        return self._answers.text(command, answer)

    async def resync(self) -> None:
        """Drop late answers until the line is quiet; connect again where it is lost."""
        await self._stream.resync()

    async def close(self) -> None:
        """Hang up. Closing twice is no error."""
        await self._stream.close()


class TcpBytesLink:
    """A `BytesLink` on `stream`; make it with `open_tcp_bytes`."""

    def __init__(self, stream: Stream, settings: BytesSettings) -> None:
        self._stream = stream
        self._timeout = settings.timeout

    @property
    def address(self) -> str:
        """Where this link goes, `tcp://host:port`."""
        return self._stream.address

    async def write(self, data: bytes) -> None:
        """Send `data`."""
        await self._stream.send(data, data.hex(" "))

    async def exchange(self, data: bytes, expect: Frame, timeout: float | None = None) -> bytes:
        """Send `data`, return the frame that `expect` finds in what comes. `timeout` in seconds."""
        seconds = self._timeout if timeout is None else timeout
        return bytes(await self._stream.ask(data, _frame_finder(expect), seconds, data.hex(" ")))

    async def read_until(self, expect: Frame, timeout: float | None = None) -> bytes:
        """The next frame that the instrument sends by itself. `timeout` in seconds."""
        seconds = self._timeout if timeout is None else timeout
        return bytes(await self._stream.ask(None, _frame_finder(expect), seconds, "read a frame"))

    async def resync(self) -> None:
        """Drop late answers until the line is quiet; connect again where it is lost."""
        await self._stream.resync()

    async def close(self) -> None:
        """Hang up. Closing twice is no error."""
        await self._stream.close()


async def open_tcp_messages(
    address: str, host: str, port: int, settings: MessageSettings
) -> TcpLink:
    """Connect to `host` and `port` for lines of text; `LinkError` where nobody is there."""
    return await open_lines(address, _connector(address, host, port), settings)


async def open_lines(address: str, connect: Connect, settings: MessageSettings) -> TcpLink:
    """Lines of text over the connection that `connect` makes; raises what that raises."""
    stream = Stream(address, connect, quiet=settings.quiet, backoff=settings.backoff)
    await stream.open()
    return TcpLink(stream, settings)


async def open_tcp_bytes(
    address: str, host: str, port: int, settings: BytesSettings
) -> TcpBytesLink:
    """Connect to `host` and `port` for raw frames; `LinkError` where nobody is there."""
    connect = _connector(address, host, port)
    stream = Stream(address, connect, quiet=settings.quiet, backoff=Backoff())
    await stream.open()
    return TcpBytesLink(stream, settings)


def _connector(address: str, host: str, port: int) -> Connect:
    """Connects to `host` and `port`."""

    async def connect() -> Received:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(OPEN_TIMEOUT):
                return (await loop.create_connection(Received, host, port))[1]
        except (OSError, TimeoutError) as error:
            raise LinkError(
                f"cannot be opened ({str(error) or 'no answer'})",
                address=address,
                remedy="check host and port, that the instrument is on, and that it has a free "
                "connection",
            ) from error

    return connect


def _frame_finder(expect: Frame) -> Finder:
    return lambda buffer: expect(bytes(buffer))
