"""ProPar messages: requests, chained or not, their answers, sent values and status messages.

Bronkhorst, "RS232 interface", 9.17.027, pages 14 to 18 and the examples on pages 20 to 26. A chain
bit (0x80) on a process says that another process follows, on a parameter that another parameter of
the same process follows. In an answer process and parameter bytes are those of the request.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

STATUS, SEND_ACKNOWLEDGED, SEND, SEND_SOURCE, REQUEST = 0, 1, 2, 3, 4
CHAR, INTEGER, LONG, STRING = 0x00, 0x20, 0x40, 0x60
CHAINED, TYPE, NUMBER, PROCESS = 0x80, 0x60, 0x1F, 0x7F
SIZES = {CHAR: 1, INTEGER: 2, LONG: 4}


class Status(IntEnum):
    """The status codes (page 16) that an instrument gives."""

    OK = 0x00
    COMMAND = 0x02
    PROCESS = 0x03
    PARAMETER = 0x04
    TYPE = 0x05
    VALUE = 0x06
    READ_ONLY = 0x0D
    WRITE_ONLY = 0x11
    PROTOCOL = 0x22


class Refused(Exception):
    """The message is answered by `status`, which applies to the byte at `position` of its data."""

    def __init__(self, status: Status, position: int) -> None:
        super().__init__(status.name)
        self.status, self.position = status, position


@dataclass(frozen=True, slots=True)
class Wanted:
    """One parameter of a request; `head` are the bytes that the answer repeats before its value."""

    head: bytes
    process: int
    number: int
    kind: int
    length: int
    position: int


@dataclass(frozen=True, slots=True)
class Sent:
    """One parameter of a message that writes, with the bytes of its value."""

    process: int
    number: int
    kind: int
    value: bytes
    position: int


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.position = data, 1

    def byte(self) -> int:
        return self.take(1)[0]

    def take(self, count: int) -> bytes:
        piece = self.data[self.position : self.position + count]
        if len(piece) < count:
            raise Refused(Status.PROTOCOL, self.position)
        self.position += count
        return piece

    @property
    def ended(self) -> bool:
        return self.position >= len(self.data)


def read_request(data: bytes) -> list[Wanted]:
    """The parameters that `data` asks for; `Refused` where it is no request."""
    return list(_requests(_Reader(data)))


def _requests(reader: _Reader) -> Iterator[Wanted]:
    more_processes = True
    while more_processes:
        head = bytes((reader.byte(),))
        more_processes = bool(head[0] & CHAINED)
        more_parameters = True
        while more_parameters:
            index = reader.byte()
            more_parameters = bool(index & CHAINED)
            position = reader.position
            process, number = reader.byte() & PROCESS, reader.byte()
            if number & TYPE != index & TYPE:
                raise Refused(Status.TYPE, position + 1)
            length = reader.byte() if index & TYPE == STRING else SIZES[index & TYPE]
            yield Wanted(
                head + bytes((index,)), process, number & NUMBER, index & TYPE, length, position
            )
            head = b""
    if not reader.ended:
        raise Refused(Status.PROTOCOL, reader.position)


def read_sent(data: bytes) -> list[Sent]:
    """The values that `data` writes; `Refused` where it is cut short."""
    return list(_values(_Reader(data)))


def _values(reader: _Reader) -> Iterator[Sent]:
    more_processes = True
    while more_processes:
        process = reader.byte()
        more_processes = bool(process & CHAINED)
        more_parameters = True
        while more_parameters:
            position = reader.position
            parameter = reader.byte()
            more_parameters = bool(parameter & CHAINED)
            kind = parameter & TYPE
            value = _string(reader) if kind == STRING else reader.take(SIZES[kind])
            yield Sent(process & PROCESS, parameter & NUMBER, kind, value, position)
    if not reader.ended:
        raise Refused(Status.PROTOCOL, reader.position)


def _string(reader: _Reader) -> bytes:
    length = reader.byte()
    if length:
        return reader.take(length)
    end = reader.data.find(b"\0", reader.position)
    if end < 0:
        raise Refused(Status.PROTOCOL, reader.position)
    return reader.take(end - reader.position + 1)[:-1]


def status_message(status: Status, position: int) -> bytes:
    """Data of a status message."""
    return bytes((STATUS, status, min(position, 255)))


def string_value(text: str, length: int) -> bytes:
    """A string in an answer: cut or filled with spaces to `length`, or zero-terminated for 0."""
    raw = text.encode("latin-1", "replace")
    if length == 0:
        return b"\0" + raw + b"\0"
    return bytes((length,)) + raw[:length].ljust(length)


def number_value(kind: int, value: float) -> bytes:
    """A whole number in an answer, most significant byte first."""
    return int(value).to_bytes(SIZES[kind], "big")


def float_value(value: float) -> bytes:
    """IEEE single precision, most significant byte first."""
    return struct.pack(">f", value)
