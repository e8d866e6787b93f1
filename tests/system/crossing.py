"""Lines of a served bench led through this process: each command passes a tap that can hold it up.

A TCP line gets a port of its own, a serial one a pseudo-terminal of its own. What instruments
answer goes back as it comes. Who uses a line, and when, shows in its being opened and closed.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Literal, Protocol

from tests.serving import Served

if sys.platform != "win32":
    import tty

Lines = Literal["serial", "tcp"]
LINES: tuple[Lines, ...] = ("serial", "tcp")
MOST = 65536
SHUT = 0.002
"""Seconds between two looks at a serial port that nobody has open."""

LOOK = 0.1
"""Seconds between two looks whether a line is to be closed."""

Send = Callable[[bytes], object]
TCP = re.compile(r"(?P<host>127\.0\.0\.1)(?P<colons>:+)(?P<port>\d+)")
PORT = re.compile(r"/dev/[^?]+")


class Tap(Protocol):
    """What sees every command."""

    @property
    def falling(self) -> bool:
        """Whether who used the lines first is being ended: who connects now is another one."""
        ...

    @property
    def over(self) -> bool:
        """Whether what comes on a line that shows no connections is another one's by now."""
        ...

    def command(self, data: bytes, send: Send, *, another: bool) -> None:
        """Bytes on their way to an instrument, of the first one or `another`: `send` lets them."""
        ...

    def left(self, role: str, /) -> None:
        """Another one than the first has used the line of `role` and closed it."""
        ...


class Crossing:
    """All lines of `served` through `tap`, inside the `with` block; `addresses` by role."""

    def __init__(self, served: Served, lines: Lines, tap: Tap) -> None:
        self.addresses: dict[str, str] = {}
        self._lines: list[_Tcp | _Serial] = []
        for role, address in _addresses(served, lines).items():
            port = PORT.search(address)
            if port is None:
                tcp = TCP.search(address)
                assert tcp is not None, address
                line = _Tcp(role, (tcp["host"], int(tcp["port"])), tap)
                place = f"{tcp['host']}{tcp['colons']}{line.port}"
                self.addresses[role] = TCP.sub(place, address)
            else:
                line = _Serial(role, port[0], tap)
                self.addresses[role] = PORT.sub(line.path, address)
            self._lines.append(line)

    def __enter__(self) -> Crossing:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for line in self._lines:
            line.close()


def _addresses(served: Served, lines: Lines) -> Mapping[str, str]:
    """Addresses by role, serial ports as far as there are, or TCP alone."""
    if lines == "serial":
        return {role: one["address"] for role, one in served.roles.items()}
    kinds = {"chuck": "modbus-tcp"}
    return {role: served.endpoint(role, kinds.get(role, "tcp")) for role in served.roles}


class _Tcp:
    """A TCP line to `place`."""

    def __init__(self, role: str, place: tuple[str, int], tap: Tap) -> None:
        self._role = role
        self._place = place
        self._tap = tap
        self._server = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port: int = self._server.getsockname()[1]
        self._threads = [threading.Thread(target=self._listen, name=f"crossing {role}")]
        self._threads[0].start()

    def close(self) -> None:
        """Listen no longer and hang up."""
        for one in (self._server, *self._open):
            _shut(one)
        for thread in self._threads:
            thread.join()
        self._server.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            far = socket.create_connection(self._place)
            pair = (near, far)
            for one in pair:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open += pair
            for pump in (self._down, self._up):
                self._threads.append(threading.Thread(target=pump, args=pair))
                self._threads[-1].start()

    def _down(self, near: socket.socket, far: socket.socket) -> None:
        is_another = self._tap.falling
        with contextlib.suppress(OSError):
            while data := near.recv(MOST):
                self._tap.command(data, far.sendall, another=is_another)
        _shut(far)
        near.close()
        if is_another:
            self._tap.left(self._role)

    @staticmethod
    def _up(near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := far.recv(MOST):
                near.sendall(data)
        _shut(near)
        far.close()


class _Serial:
    """A serial line to the port `port`, which is found at `path`."""

    path: str
    _near: int
    _far: int
    _threads: list[threading.Thread]

    def __init__(self, role: str, port: str, tap: Tap) -> None:
        self._role = role
        self._tap = tap
        self._end = threading.Event()
        assert sys.platform != "win32"
        self._far = os.open(port, os.O_RDWR | os.O_NOCTTY)
        self._near, client = os.openpty()
        tty.setraw(client)
        self.path = os.ttyname(client)
        os.close(client)
        self._threads = [threading.Thread(target=pump) for pump in (self._down, self._up)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Take the port away, which nobody has open any more."""
        self._end.set()
        for thread in self._threads:
            thread.join()
        os.close(self._near)
        os.close(self._far)

    def _down(self) -> None:
        is_another = False
        while not self._end.is_set():
            try:
                data = os.read(self._near, MOST)
            except OSError:  # nobody has it open
                if is_another:
                    self._tap.left(self._role)
                is_another = False
                self._end.wait(SHUT)
                continue
            # That the first one closed it shows only where the next one takes its time.
            is_another = self._tap.over
            self._tap.command(data, self._send, another=is_another)

    def _send(self, data: bytes) -> None:
        os.write(self._far, data)

    def _up(self) -> None:
        while not self._end.is_set():
            if select.select([self._far], [], [], LOOK)[0]:
                os.write(self._near, os.read(self._far, MOST))


def _shut(one: socket.socket) -> None:
    """End both directions: who waits for bytes wakes up."""
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
