"""The line of LLP1: framing, check, refusals, buffer, time (docs/protocols/llp1.md).

Where the page leaves an order open, a command is checked as its errors are numbered: length, check,
keyword, arguments, range, state. A keyword without the form asked for (`ID` without `?`) is
UNKNOWN. `STOP` and a movement keep the instrument busy until they answer.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sim_backends.emulators.llp.dog import LONGEST as MOST
from sim_backends.emulators.llp.dog import SHORTEST, Dog
from sim_backends.emulators.outbox import Outbox

LONGEST, BUFFER = 80, 256
LATENCY = 5e-3
"""Seconds to an ordinary answer."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\Z")
_COMMAND = re.compile(r"([A-Z]+)(\?)?( .*)?\Z")


class Refusal(StrEnum):
    """The answers to what cannot be done."""

    CHECK = "!1 CHECK"
    UNKNOWN = "!2 UNKNOWN"
    ARGUMENT = "!3 ARGUMENT"
    RANGE = "!4 RANGE"
    STATE = "!5 STATE"
    LINE = "!6 LINE"


class Refused(Exception):
    """A command is refused with `reason`; nothing was changed."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Later:
    """An action that ends at `t` with `finish(t)`; where it was `asked` for it is answered `OK`."""

    t: float
    finish: Callable[[float], None]
    asked: bool = True


def crc8(data: bytes) -> int:
    """CRC-8: polynomial 0x07, initial value 0, not reflected, no final XOR."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x07) & 0xFF if crc & 0x80 else crc << 1
    return crc


def checked(text: str) -> bytes:
    """`text` with its check and CR LF, as the instrument sends it."""
    data = text.encode("ascii")
    return data + b"*%02X\r\n" % crc8(data)


def number(text: str) -> float:
    """A decimal number; ARGUMENT where it is none."""
    if not _NUMBER.match(text):
        raise Refused(Refusal.ARGUMENT)
    return float(text)


def whole(text: str) -> int:
    """A whole number; ARGUMENT where it is none."""
    value = number(text)
    if not value.is_integer():
        raise Refused(Refusal.ARGUMENT)
    return int(value)


def within(value: float, low: float, high: float) -> float:
    """`value`; RANGE outside [`low`, `high`]."""
    if not low <= value <= high:
        raise Refused(Refusal.RANGE)
    return value


def switch(text: str) -> bool:
    """1 or 0; RANGE for another number."""
    return within(whole(text), 0, 1) == 1


Query = Callable[[], str]
Command = Callable[[tuple[str, ...]], Later | None]


class LlpInstrument(ABC):
    """Base of LLP1 instruments; fits `Emulator`."""

    def __init__(self, identity: tuple[str, str, str, str]) -> None:
        self.identity = " ".join(field.replace(" ", "_") for field in identity)
        self.t = 0.0
        self._refused = 0
        self._line = bytearray()
        self._waiting = bytearray()
        self._pending: Later | None = None
        self._dog = Dog()
        self._outbox = Outbox()

    @abstractmethod
    def queries(self) -> Mapping[str, Query]:
        """Queries by keyword."""

    @abstractmethod
    def commands(self) -> Mapping[str, tuple[int, Command]]:
        """(number of arguments, action) by keyword."""

    @abstractmethod
    def stop(self) -> Later | None:
        """Go to the safe state."""

    @abstractmethod
    def event(self) -> float | None:
        """When the machine itself next has something to do; None while it stands."""

    @abstractmethod
    def work(self, t: float) -> None:
        """Do what the machine has to do until `t`."""

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; what overflows the buffer of 256 bytes is lost."""
        self._advance(t)
        for byte in data:
            if len(self._waiting) < BUFFER:
                self._waiting.append(byte)
            self._consume()

    def due(self) -> float | None:
        """When an answer leaves, a movement ends or the machine has something to do."""
        busy = self._dog.due if self._pending is None else self._pending.t
        times = [self._outbox.due(), self.event(), busy]
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        data = self._outbox.take(t)
        self._consume()
        return data

    def clear(self, t: float) -> None:
        """A broken line: what was received and what was to be answered is lost."""
        self._advance(t)
        self._line.clear()
        self._waiting.clear()
        self._outbox.clear()

    # The line

    def _advance(self, t: float) -> None:
        self.t = t
        event = self.event()
        if event is not None and event <= t:
            self.work(t)
        pending = self._pending
        if pending is not None and pending.t <= t:
            self._pending = None
            pending.finish(t)
            if pending.asked:
                self._answer("OK", t)
        self._watch(t)

    def _watch(self, t: float) -> None:
        """Let the watchdog act where it is due, when nothing is being carried out."""
        due = self._dog.due
        if due is None or due > t or self._pending is not None:
            return
        self._dog.act()
        outcome = self.stop()
        if outcome is not None:
            self._pending = replace(outcome, asked=False)

    @property
    def _busy(self) -> bool:
        return self._pending is not None or bool(self._outbox)

    def _consume(self) -> None:
        while self._waiting and not self._busy:
            byte = self._waiting.pop(0)
            if byte != 0x0A:
                # One more than the longest line and its CR is enough to know that it is too long.
                if len(self._line) < LONGEST + 2:
                    self._line.append(byte)
                continue
            line, self._line = bytes(self._line), bytearray()
            self._execute(line[:-1] if line.endswith(b"\r") else line)

    def _execute(self, line: bytes) -> None:
        try:
            text = _content(line)
            self._dog.heard(self.t)
            outcome = self._dispatch(text)
        except Refused as refused:
            self._refused += 1
            outcome = refused.reason.value
        if isinstance(outcome, Later):
            self._pending = outcome
        else:
            self._answer(outcome or "OK", self.t + LATENCY)

    def _dispatch(self, text: str) -> str | Later | None:
        match = _COMMAND.match(text)
        if match is None:
            raise Refused(Refusal.UNKNOWN)
        keyword, is_query = match.group(1), match.group(2) is not None
        arguments = tuple((match.group(3) or "").split())
        if is_query:
            query = self._query(keyword)
            if arguments:
                raise Refused(Refusal.ARGUMENT)
            return f"= {query()}"
        count, action = self._command(keyword)
        if len(arguments) != count:
            raise Refused(Refusal.ARGUMENT)
        return action(arguments)

    def _query(self, keyword: str) -> Query:
        if keyword == "ID":
            return lambda: self.identity
        if keyword == "ERR":
            return self._take_refused
        if keyword == "DOG":
            return lambda: self._dog.told
        query = self.queries().get(keyword)
        if query is None:
            raise Refused(Refusal.UNKNOWN)
        return query

    def _command(self, keyword: str) -> tuple[int, Command]:
        if keyword == "STOP":
            return 0, lambda _: self.stop()
        if keyword == "DOG":
            return 1, lambda arguments: self._set_dog(number(arguments[0]))
        command = self.commands().get(keyword)
        if command is None:
            raise Refused(Refusal.UNKNOWN)
        return command

    def _set_dog(self, seconds: float) -> Later | None:
        self._dog.seconds = within(seconds, SHORTEST, MOST) if seconds else 0.0
        return None

    def _take_refused(self) -> str:
        count, self._refused = self._refused, 0
        return str(count)

    def _answer(self, text: str, t: float) -> None:
        self._outbox.put(checked(text), t)


def _content(line: bytes) -> str:
    """The command of a line without its check; LINE too long, CHECK wrong or missing."""
    if len(line) > LONGEST:
        raise Refused(Refusal.LINE)
    command, mark, check = line[:-3], line[-3:-2], line[-2:]
    if mark != b"*" or check != b"%02X" % crc8(command):
        raise Refused(Refusal.CHECK)
    if not all(0x20 <= byte <= 0x7E for byte in command):
        raise Refused(Refusal.UNKNOWN)
    return command.decode("ascii")
