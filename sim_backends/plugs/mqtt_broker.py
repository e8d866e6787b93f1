"""An MQTT broker in this process, on a Unix socket or on loopback TCP.

A library's client is joined by a socket, so bytes are in flight for a moment. On a Unix socket the
kernel hands them over in the write itself: the loop, which looks at its sockets before it jumps,
sees them, and only what the kernel did not take at once is held. On TCP they arrive a little later,
unseen by the clock, so that virtual time runs away between a write and its arrival: there the
broker serves in real time only.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Protocol, cast

from labctl import clock
from labctl.errors import BenchError, Defect
from sim_backends.plugs.mqtt_core import Core


class Connection(asyncio.Protocol):
    """One client."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self.peer = broker.core.peer(self._send, self._close)
        self._transport: asyncio.Transport | None = None
        self._held = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        self._transport = cast("asyncio.Transport", transport)
        # Written is written: `resume_writing` comes when the kernel has taken everything.
        self._transport.set_write_buffer_limits(high=0)
        self._broker.connections.add(self)

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        self.peer.receive(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone, with or without a word."""
        self._broker.connections.discard(self)
        self._transport = None
        self._release()
        self.peer.lose()

    def resume_writing(self) -> None:
        """The kernel has taken all that was written."""
        self._release()

    def abort(self) -> None:
        """Cut the connection."""
        if self._transport is not None:
            self._transport.abort()

    def _send(self, data: bytes) -> None:
        if self._transport is None:
            return
        self._transport.write(data)
        waiting = self._transport.get_write_buffer_size()
        if waiting > self._held:
            clock.hold(self._broker.name, waiting - self._held)
            self._held = waiting

    def _release(self) -> None:
        if self._held:
            clock.release(self._broker.name, self._held)
            self._held = 0

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class Listener(Protocol):
    """A listening socket in the file system, as the platform makes them."""

    @property
    def socket(self) -> socket.socket:
        """The listening socket."""
        ...

    @property
    def path(self) -> str:
        """Where clients find it."""
        ...

    def close(self) -> None:
        """Listen no longer."""
        ...


Listen = Callable[[], Listener | None]
"""Makes a listener; None where the system has no sockets in the file system."""


def nowhere() -> Listener | None:
    """No socket in the file system."""
    return None


class Broker:
    """A broker with the name `name`, on what `listen` gives, else on loopback TCP."""

    def __init__(self, name: str, listen: Listen = nowhere) -> None:
        self.name = name
        self.core = Core()
        self.connections: set[Connection] = set()
        self._listen = listen
        self._local: Listener | None = None
        self._socket: socket.socket | None = None
        self._task: asyncio.Task[asyncio.Server] | None = None

    @property
    def address(self) -> str:
        """`mqtt+unix:///path` or `mqtt://127.0.0.1:port`; `Defect` before it listens."""
        if self._local is not None:
            return f"mqtt+unix://{self._local.path}"
        if self._socket is None:
            raise Defect(f"the simulated broker {self.name} does not listen")
        return f"mqtt://127.0.0.1:{self._socket.getsockname()[1]}"

    def start(self) -> None:
        """Listen from now on; the running event loop serves.

        `BenchError` in virtual time without a socket in the file system.
        """
        self._local = self._listen()
        if self._local is None and clock.is_virtual():
            raise BenchError(
                f"{self.name}: MQTT needs sockets in the file system to keep virtual time",
                remedy="run in real time, or on a system that has Unix sockets",
            )
        self._socket = _loopback() if self._local is None else self._local.socket
        loop = asyncio.get_running_loop()
        serving = loop.create_server(lambda: Connection(self), sock=self._socket)
        self._task = loop.create_task(serving, name=f"broker {self.name}")

    def cut(self) -> None:
        """Cut all connections; they can be made again at once."""
        for connection in tuple(self.connections):
            connection.abort()

    def stop(self) -> None:
        """Cut all connections and listen no longer. Stopping twice is no error."""
        self.cut()
        if self._task is not None:
            if self._task.done() and not self._task.cancelled():
                self._task.result().close()
            self._task.cancel()
        if self._local is not None:
            self._local.close()
        elif self._socket is not None:
            self._socket.close()
        self._task = self._socket = self._local = None


def _loopback() -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.bind(("127.0.0.1", 0))
    opened.listen()
    opened.setblocking(False)
    return opened
