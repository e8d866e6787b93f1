"""A served instrument on a pseudo-terminal, as a program finds it behind a serial adapter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sim_backends.plugs.serve_exchange import Client, Exchange
from sim_backends.plugs.serve_framing import Raw


class Terminal(Protocol):
    """A serial port made by the system; the caller of the server brings it."""

    @property
    def path(self) -> str:
        """What a program opens."""
        ...

    def send(self, data: bytes) -> None:
        """Bytes to the program."""
        ...

    def close(self) -> None:
        """Take the port away."""
        ...


OpenTerminal = Callable[[Callable[[bytes], None]], Terminal]
"""Makes a terminal whose far end calls back with what the program sends."""


class PtyServer:
    """Serves `exchange` on one terminal. Opening and closing it cannot be seen from here: the
    client counts as connected from its first byte on."""

    def __init__(self, exchange: Exchange, open_terminal: OpenTerminal) -> None:
        self._exchange = exchange
        self._terminal = open_terminal(self._received)
        self._client = Client(f"pty {self.path}", Raw(), self._terminal.send, self._hung_up)
        self._joined = False

    @property
    def path(self) -> str:
        """What a program opens."""
        return self._terminal.path

    def stop(self) -> None:
        """Take the port away."""
        self._exchange.leave(self._client)
        self._terminal.close()

    def _received(self, data: bytes) -> None:
        if not self._joined:
            self._joined = True
            self._exchange.join(self._client)
        self._exchange.receive(self._client, data)

    def _hung_up(self) -> None:
        """A serial line has no connection to end: the next byte counts as a new client."""
        self._joined = False
        self._exchange.leave(self._client)
