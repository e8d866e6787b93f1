"""The guardian's door: a TCP port of the loopback that opens to those who know the token."""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import suppress
from typing import Protocol

import msgspec

from labctl.control.messages import (
    MOST,
    FromViewer,
    FromWorker,
    Hello,
    Message,
    Refused,
    from_viewer,
    from_worker,
    hello_of,
    line_of,
)
from labctl.control.place import HOST

GREETING = 5.0
"""Seconds in which whoever connects must say who it is."""

BEHIND = 4 * MOST
"""Bytes that one does not read before it is hung up on."""

_log = logging.getLogger(__name__)


class Peer:
    """Someone who connected and knows the token."""

    def __init__(self, hello: Hello, writer: asyncio.StreamWriter) -> None:
        self.hello = hello
        self._writer = writer

    def say(self, message: Message) -> None:
        """Send `message`; who does not read what is sent is hung up on."""
        if self._writer.is_closing():
            return
        if self._writer.transport.get_write_buffer_size() > BEHIND:
            self._writer.transport.abort()
        else:
            self._writer.write(line_of(message))

    async def hang_up(self) -> None:
        """Close the line when all is sent."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


class Host(Protocol):
    """Whom the door leads to."""

    def joined(self, peer: Peer) -> None:
        """`peer` is there."""
        ...

    def from_viewer(self, peer: Peer, message: FromViewer) -> None:
        """The viewer `peer` says something."""
        ...

    def from_worker(self, peer: Peer, message: FromWorker) -> None:
        """The worker says something."""
        ...

    def gone(self, peer: Peer) -> None:
        """`peer` is gone."""
        ...


class Door:
    """Lets in who knows `token`, and hands on to `host` what they say."""

    def __init__(self, token: str, host: Host) -> None:
        self._token = token
        self._host = host
        self._server: asyncio.Server | None = None
        self._peers: dict[Peer, asyncio.Task[None]] = {}
        self._greeted: set[asyncio.Task[None]] = set()

    async def open(self) -> int:
        """Listen; the port."""
        self._server = await asyncio.start_server(self._come, HOST, 0, limit=MOST)
        return self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Listen no longer, and hang up on everybody when all is sent to them."""
        if self._server is not None:
            self._server.close()
        for peer in list(self._peers):
            await peer.hang_up()
        for task in self._greeted:
            task.cancel()
        await asyncio.gather(*self._greeted, return_exceptions=True)

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._greeted.add(task)
        try:
            peer = await self._greet(reader, writer)
            if peer is not None:
                await self._hear(peer, reader, task)
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as error:
            _log.info("a line was lost: %s", error)
        finally:
            self._greeted.discard(task)
            writer.close()

    async def _greet(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Peer | None:
        """Who connected; None where it does not know the token."""
        async with asyncio.timeout(GREETING):
            line = await reader.readline()
        try:
            hello = hello_of(line)
        except msgspec.MsgspecError:
            hello = None
        if hello is None or not secrets.compare_digest(
            hello.token.encode("utf-8"), self._token.encode("utf-8")
        ):
            _log.warning("refused someone without the token")
            writer.write(line_of(Refused("the token is wrong")))
            await writer.drain()
            return None
        return Peer(hello, writer)

    async def _hear(
        self, peer: Peer, reader: asyncio.StreamReader, task: asyncio.Task[None]
    ) -> None:
        self._peers[peer] = task
        self._host.joined(peer)
        try:
            while line := await reader.readline():
                self._hand_on(peer, line)
        finally:
            del self._peers[peer]
            self._host.gone(peer)

    def _hand_on(self, peer: Peer, line: bytes) -> None:
        try:
            if peer.hello.part == "worker":
                self._host.from_worker(peer, from_worker(line))
            else:
                self._host.from_viewer(peer, from_viewer(line))
        except msgspec.MsgspecError as error:
            _log.warning("not understood from a %s: %s", peer.hello.part, error)
            if peer.hello.part == "viewer":
                peer.say(Refused(f"not understood: {error}"))
