"""One end of a line to the guardian, for a worker or a viewer: it blocks, and has no event loop."""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

import msgspec

from labctl.clock import stopwatch
from labctl.control.messages import MOST, Hello, Message, Part, line_of
from labctl.control.place import HOST, Control
from labctl.errors import LinkError
from labctl.platform.processes import this_process

T = TypeVar("T")

CONNECTING = 2.0
"""Seconds in which a guardian must take a line."""

SENDING = 3.0
"""Seconds in which a guardian must read what is sent to it."""


class Line(Generic[T]):
    """A line to the guardian, on which messages of type `T` come.

    One thread may receive while others send. `LinkError` from anything says that it is lost.
    """

    def __init__(self, socket: socket.socket, decode: Callable[[bytes], T], name: str) -> None:
        self._socket = socket
        self._socket.settimeout(SENDING)
        self._selector = selectors.DefaultSelector()
        self._selector.register(socket, selectors.EVENT_READ)
        self._decode = decode
        self._name = name
        self._rest = b""
        self._lines: list[bytes] = []
        self._sending = threading.Lock()

    def send(self, message: Message) -> None:
        """Send `message`."""
        with self._sending:
            try:
                self._socket.sendall(line_of(message))
            except OSError as error:
                raise self._lost(error) from error

    def receive(self, timeout: float) -> T | None:
        """The next message; None where none comes for `timeout` in s."""
        until = stopwatch() + timeout
        while not self._lines:
            if not self._wait(until - stopwatch()):
                return None
        line = self._lines.pop(0)
        try:
            return self._decode(line)
        except msgspec.MsgspecError as error:
            raise self._lost(error) from error

    def close(self) -> None:
        """Hang up. Closing twice is no error."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._selector.close()

    def _wait(self, timeout: float) -> bool:
        """Whether something came within `timeout` in s."""
        try:
            if timeout <= 0 or not self._selector.select(timeout):
                return False
            data = self._socket.recv(65536)
        except (OSError, ValueError, RuntimeError) as error:
            # The selector's own complaints: another thread hung up.
            raise self._lost(error) from error
        if not data or len(self._rest) > MOST:
            raise self._lost(ConnectionError("closed"))
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._lines += lines
        return True

    def _lost(self, error: Exception) -> LinkError:
        return LinkError(
            f"the line to the guardian is lost: {error}",
            address=self._name,
            remedy="labctl watch follows the run where it goes on",
        )


def connect(control: Control, part: Part, decode: Callable[[bytes], T], who: str = "") -> Line[T]:
    """A line to the guardian of `control`; `LinkError` where nobody is there."""
    name = f"tcp://{HOST}:{control.port}"
    try:
        opened = socket.create_connection((HOST, control.port), CONNECTING)
    except OSError as error:
        raise LinkError(f"nobody guards the run: {error}", address=name) from error
    line = Line(opened, decode, name)
    line.send(Hello(control.token, part, this_process(), who))
    return line
