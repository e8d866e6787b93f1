"""One served instrument and its clients: their messages in turn, each answer to who asked.

An instrument has one interpreter, whatever the number of its connections: messages are executed
one after the other, and what is set by one client is seen by the others.
"""

from __future__ import annotations

import asyncio
import traceback
from collections import deque
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from labctl.errors import BenchError
from sim_backends.emulators.emulator import Emulator
from sim_backends.faults import FaultyEmulator
from sim_backends.plugs.serve_framing import Raw
from sim_backends.plugs.ticker import Ticker

PATIENCE = 1.0
"""Seconds for which an answer is waited for where each request has just one."""

Report = Callable[[str, str, str], None]
"""Told (role, event, detail); events: connected, disconnected, refused, failed."""


@runtime_checkable
class Answering(Protocol):
    """An emulator that knows whether a message is being executed or an answer is on its way."""

    @property
    def answering(self) -> bool:
        """True until the last message is executed and its answer has left."""
        ...


class Client:
    """One connection: `send` carries bytes to it, `hang_up` ends it."""

    def __init__(
        self, name: str, framing: Raw, send: Callable[[bytes], None], hang_up: Callable[[], None]
    ) -> None:
        self.name = name
        self.framing = framing
        self.send = send
        self.hang_up = hang_up


class Exchange:
    """`emulator` of the role `name` with its clients, on the running event loop."""

    def __init__(self, name: str, emulator: FaultyEmulator, report: Report) -> None:
        self.name = name
        self.emulator = emulator
        self.clients: list[Client] = []
        self._report = report
        self._ticker = Ticker(name, emulator, self._sent, self._lost)
        self._waiting: deque[tuple[Client, bytes]] = deque()
        self._turn: Client | None = None
        self._answered = False
        self._patience: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Let the emulator work."""
        self._ticker.start()

    def stop(self) -> None:
        """Hang up on every client; the emulator rests."""
        self._end_turn()
        for client in tuple(self.clients):
            client.hang_up()
        self._ticker.stop()

    def join(self, client: Client) -> None:
        """A client has come."""
        self.clients.append(client)
        self._report(self.name, "connected", client.name)

    def look_again(self) -> None:
        """The emulator was changed from outside: it may be due earlier."""
        self._ticker.receive(b"")

    def refuse(self, client_name: str) -> None:
        """Somebody was turned away, since the line is taken."""
        self._report(self.name, "refused", client_name)

    def leave(self, client: Client) -> None:
        """A client has gone: what it had begun is dropped, as on a broken line."""
        if client not in self.clients:
            return
        self.clients.remove(client)
        self._report(self.name, "disconnected", client.name)
        self._waiting = deque(item for item in self._waiting if item[0] is not client)
        if self._turn is client:
            over = self._is_over()
            self._end_turn()
            if not over:
                self._ticker.clear()
            self._next()

    def receive(self, client: Client, data: bytes) -> None:
        """Bytes from a client."""
        for message in client.framing.feed(data):
            if client is self._turn and client.framing.straight:
                self._begin(client, message)
            else:
                self._waiting.append((client, message))
        self._next()

    def _next(self) -> None:
        while self._waiting and self._is_over():
            self._end_turn()
            client, message = self._waiting.popleft()
            self._turn, self._answered = client, False
            if not client.framing.straight:
                self._patience = self._ticker.loop.call_later(PATIENCE, self._give_up)
            self._begin(client, message)

    def _begin(self, client: Client, message: bytes) -> None:
        try:
            self._ticker.receive(client.framing.begun(message))
        except Exception as error:
            self._lost(error)

    def _is_over(self) -> bool:
        if self._turn is None:
            return True
        return self._turn.framing.over(answered=self._answered, idle=self._idle())

    def _idle(self) -> bool:
        if self.emulator.late:
            return False
        inner: Emulator = self.emulator.inner
        return not inner.answering if isinstance(inner, Answering) else inner.due() is None

    def _end_turn(self) -> None:
        self._turn = None
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        """No answer to a request that has just one: say so where the line has a way to."""
        self._patience = None
        if self._turn is not None and not self._answered:
            reply = self._turn.framing.unanswered()
            if reply:
                self._turn.send(reply)
        self._answered = True
        self._next()

    def _sent(self, data: bytes) -> None:
        client = self._turn
        if data and client is not None:
            reply = client.framing.back(data)
            if reply:
                self._answered = True
                client.send(reply)
        self._next()

    def _lost(self, error: Exception | None) -> None:
        """The line is cut, by a fault on demand or since the emulator failed; it can be joined
        again at once."""
        if isinstance(error, BenchError):
            self._report(self.name, "failed", str(error))
        elif error is not None:
            text = "".join(traceback.format_exception(error)).rstrip()
            self._report(self.name, "failed", text)
        self._waiting.clear()
        self._end_turn()
        for client in tuple(self.clients):
            client.hang_up()
        self._ticker.clear()
