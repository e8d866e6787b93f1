"""A program that speaks CUT1: its lines and errors (docs/protocols/cut1.md).

Where the page leaves an order open, a command is checked as its errors are numbered. The standard
error is not there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from enum import StrEnum

from sim_backends.emulators.outbox import Outbox

LATENCY = 50e-6
"""Seconds from a line to its answer through two pipes, beside the work."""

LONGEST = 16 * 2**20
"""Bytes after which a line without an end is dropped."""

MOST = 1000
"""Accesses or vectors in a line."""


class Refusal(StrEnum):
    """The answers to what cannot be done."""

    UNKNOWN = "!1 UNKNOWN"
    ARGUMENT = "!2 ARGUMENT"
    STATE = "!3 STATE"
    ROOM = "!4 ROOM"


class Refused(Exception):
    """A command is refused with `reason`; nothing was changed."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


Command = Callable[[list[str]], tuple[str, float]]
"""Answers arguments with a line, and the seconds of work that it took."""


def whole(text: str, low: int, high: int, beyond: Refusal = Refusal.ARGUMENT) -> int:
    """A whole number; ARGUMENT where it is none or below `low`, `beyond` above `high`."""
    if not (text.isascii() and text.isdigit()) or int(text) < low:
        raise Refused(Refusal.ARGUMENT)
    if int(text) > high:
        raise Refused(beyond)
    return int(text)


class Cut1Program(ABC):
    """Base of programs that speak CUT1; fits `Emulator`."""

    def __init__(self, model: str, serial: str) -> None:
        self._identity = f"labctl {model} {serial} 1.0"
        self._line = bytearray()
        self._outbox = Outbox()
        self._busy: float | None = None

    @abstractmethod
    def commands(self) -> Mapping[str, Command]:
        """What it serves, by keyword."""

    @abstractmethod
    def restart(self) -> None:
        """Forget everything: it was killed and begins anew."""

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream, at run time `t` in s."""
        first, *others = data.split(b"\n")
        self._line += first
        for piece in others:
            line, self._line = bytes(self._line), bytearray(piece)
            self._execute(line.removesuffix(b"\r"), t)
        if len(self._line) > LONGEST:
            self._line.clear()

    def due(self) -> float | None:
        """When the next answer leaves, run time in s."""
        return self._outbox.due()

    def send(self, t: float) -> bytes:
        """The bytes that leave until run time `t` in s."""
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """Killed and started again at run time `t` in s: everything is forgotten."""
        self._line.clear()
        self._outbox.clear()
        self._busy = None
        self.restart()

    def _execute(self, line: bytes, t: float) -> None:
        try:
            answer, work = self._dispatch(line)
        except Refused as refused:
            answer, work = refused.reason.value, 0.0
        begin = t if self._busy is None else max(self._busy, t)
        self._busy = begin + work + LATENCY
        self._outbox.put(answer.encode("utf-8") + b"\n", self._busy)

    def _dispatch(self, line: bytes) -> tuple[str, float]:
        try:
            keyword, *arguments = line.decode("utf-8").split(" ")
        except UnicodeDecodeError:
            raise Refused(Refusal.UNKNOWN) from None
        if keyword == "ID?":
            if arguments:
                raise Refused(Refusal.ARGUMENT)
            return f"= {self._identity}", 0.0
        command = self.commands().get(keyword)
        if command is None:
            raise Refused(Refusal.UNKNOWN)
        return command(arguments)
