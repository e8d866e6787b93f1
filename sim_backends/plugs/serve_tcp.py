"""A served instrument on a TCP port, without Nagle's delay."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import cast

from labctl.errors import BenchError
from sim_backends.plugs.serve_exchange import Client, Exchange
from sim_backends.plugs.serve_framing import Raw

GRACE = 0.25
"""Seconds for which a second client of a line waits for the first one's hanging up to arrive."""


class Connection(asyncio.Protocol):
    """One TCP connection to an exchange."""

    def __init__(self, server: TcpServer) -> None:
        self._server = server
        self._transport: asyncio.Transport | None = None
        self._client: Client | None = None
        self._early = b""
        self._name = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come; on a line that is taken it waits a moment, then is refused."""
        self._transport = cast("asyncio.Transport", transport)
        connected = transport.get_extra_info("socket")
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        peer = transport.get_extra_info("peername")
        self._name = f"tcp {peer[0]}:{peer[1]}"
        self._server.connections.add(self)
        if self._server.taken():
            asyncio.get_running_loop().call_later(GRACE, self._second)
        else:
            self._join()

    @property
    def without_delay(self) -> bool:
        """Whether Nagle's algorithm is off: an answer never waits for an acknowledge."""
        if self._transport is None:
            return False
        connected = self._transport.get_extra_info("socket")
        return bool(connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        if self._client is None:
            self._early += data
        else:
            self._server.exchange.receive(self._client, data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._server.connections.discard(self)
        self._transport = None
        if self._client is not None:
            self._server.leave(self._client)

    def hang_up(self) -> None:
        """End the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    def _second(self) -> None:
        if self._transport is None:
            return
        if self._server.taken():
            self._server.exchange.refuse(self._name)
            self._transport.abort()
        else:
            self._join()

    def _join(self) -> None:
        assert self._transport is not None
        self._client = Client(
            self._name, self._server.framing(), self._transport.write, self.hang_up
        )
        self._server.join(self._client)
        if self._early:
            self._server.exchange.receive(self._client, self._early)


class TcpServer:
    """Serves `exchange` with one `framing` a client; `most`: how many clients at once, None any."""

    def __init__(self, exchange: Exchange, framing: Callable[[], Raw], most: int | None) -> None:
        self.exchange = exchange
        self.framing = framing
        self.connections: set[Connection] = set()
        self.port = 0
        self._most = most
        self._clients: list[Client] = []
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> None:
        """Listen on `host` at `port` (0: any free one); `BenchError` where it is taken."""
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(lambda: Connection(self), host, port)
        except OSError as error:
            raise BenchError(
                f"{self.exchange.name} cannot be served on {host}:{port}: {error.strerror}",
                remedy="choose another --host or --port, or end what listens there",
            ) from error
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no longer and hang up."""
        if self._server is not None:
            self._server.close()
        for connection in tuple(self.connections):
            connection.hang_up()
        if self._server is not None:
            await self._server.wait_closed()

    def taken(self) -> bool:
        """Whether no further client may join."""
        return self._most is not None and len(self._clients) >= self._most

    def join(self, client: Client) -> None:
        """A client has come."""
        self._clients.append(client)
        self.exchange.join(client)

    def leave(self, client: Client) -> None:
        """A client has gone."""
        self._clients.remove(client)
        self.exchange.leave(client)
