"""Wire grammar of Bronkhorst's ProPar protocol, enhanced binary form (document 9.17.027, 3.3.4).

A frame is `DLE STX`, a sequence number, a node, the length of the data, the data, `DLE ETX`; a DLE
in between stands twice. The data of an answer begin with a command: 02 values, 00 a status. A
frame of length 0 carries one byte, an error of the interface.

There is no check sum. What is checked is all that the answer repeats of the request (sequence
number, node, processes, indices, types) and that its length is right to the byte; a digit that
changed inside a value cannot be seen here. A driver asks for values that check each other.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["char", "integer", "long", "float", "string"]
Value = int | float | str

DLE, STX, ETX = 0x10, 0x02, 0x03
STATUS, WRITE_ACKNOWLEDGED, VALUES, READ = 0x00, 0x01, 0x02, 0x04
CHAINED = 0x80

TYPES: dict[Kind, int] = {
    "char": 0x00,
    "integer": 0x20,
    "long": 0x40,
    "float": 0x40,
    "string": 0x60,
}
FORMATS: dict[Kind, str] = {"char": ">B", "integer": ">H", "long": ">I", "float": ">f"}

MOST = 32
"""Parameters of one message: an index has five bits."""

STATUSES = {
    1: "process claimed",
    2: "command error",
    3: "process error",
    4: "parameter error",
    5: "parameter type error",
    6: "parameter value error",
    7: "network not active",
    11: "node number error",
    12: "general communication error",
    13: "read only parameter",
    17: "write only parameter",
    25: "time-out answer",
    34: "protocol error",
    35: "buffer overflow",
}
"""Statuses that an instrument or its interface sends (9.17.027, table of statuses)."""

UNKNOWN = frozenset({3, 4})
"""Statuses that say that the instrument has no such parameter."""


class CorruptFrame(ValueError):
    """Bytes that are no frame, or no answer to what was asked."""


@dataclass(frozen=True)
class Parameter:
    """A parameter by its process and number (0..31)."""

    process: int
    number: int
    kind: Kind


@dataclass(frozen=True)
class Status:
    """A command was carried out (`code` 0) or refused; `text` says why."""

    code: int

    @property
    def text(self) -> str:
        """The status in the manual's words."""
        return STATUSES.get(self.code, "error") if self.code else "ok"


def frame(sequence: int, node: int, data: bytes) -> bytes:
    """The frame that carries `data`, 1 to 255 bytes."""
    if not 0 < len(data) < 256:
        raise ValueError(f"a frame carries 1 to 255 bytes, not {len(data)}")
    body = bytes((sequence, node, len(data))) + data
    return bytes((DLE, STX)) + body.replace(b"\x10", b"\x10\x10") + bytes((DLE, ETX))


def frame_end(buffer: bytes) -> int | None:
    """How many bytes of `buffer` make its first frame, None where more must come.

    `CorruptFrame` where they can be none.
    """
    if not (b"\x10\x02".startswith(buffer[:2]) or buffer.startswith(b"\x10\x02")):
        raise CorruptFrame(f"a frame begins with 10 02, not with {buffer[:2].hex(' ')}")
    at = 2
    while (at := buffer.find(DLE, at)) >= 0 and at + 1 < len(buffer):
        if buffer[at + 1] == ETX:
            return at + 2
        if buffer[at + 1] != DLE:
            raise CorruptFrame(f"10 {buffer[at + 1]:02X} stands in the middle of a frame")
        at += 2
    return None


def answer_end(sequence: int, node: int) -> Callable[[bytes], int | None]:
    """Finds the answer to the request `sequence` of `node`; earlier, late ones are passed over."""

    def find(buffer: bytes) -> int | None:
        used = 0
        while (end := frame_end(buffer[used:])) is not None:
            one, used = buffer[used : used + end], used + end
            if unframed(one)[:2] == (sequence, node):
                return used
        return None

    return find


def last_frame(buffer: bytes) -> bytes:
    """The last of the whole frames that `buffer` consists of."""
    begin = 0
    while (end := frame_end(buffer[begin:])) is not None and begin + end < len(buffer):
        begin += end
    return buffer[begin:]


def unframed(one: bytes) -> tuple[int, int, bytes]:
    """Sequence number, node and data of a frame; an error of the interface is a data byte alone.

    `CorruptFrame` where the length is not that of the data.
    """
    if frame_end(one) != len(one):
        raise CorruptFrame(f"{one.hex(' ')} is not one frame")
    body = one[2:-2].replace(b"\x10\x10", b"\x10")
    if len(body) < 4:
        raise CorruptFrame(f"{one.hex(' ')} is too short")
    length = len(body) - 3
    if body[2] != length and not (body[2] == 0 and length == 1):
        raise CorruptFrame(f"{length} bytes of data where the frame says {body[2]}")
    return body[0], body[1], body[3:]


def read(parameters: Sequence[Parameter]) -> bytes:
    """The data of a request for `parameters`, chained; answers come under indices 0, 1, ..."""
    if not 0 < len(parameters) <= MOST:
        raise ValueError(f"a message asks for 1 to {MOST} parameters, not {len(parameters)}")
    message = bytearray((READ,))
    for process, index, one, chained in _chain(parameters):
        message += process
        message += bytes((index | chained, one.process, one.number | TYPES[one.kind]))
        message += b"\0" if one.kind == "string" else b""
    return bytes(message)


def write(parameter: Parameter, value: Value) -> bytes:
    """The data that set `parameter` to `value`; the instrument answers with a status."""
    head = bytes((WRITE_ACKNOWLEDGED, parameter.process, parameter.number | TYPES[parameter.kind]))
    if isinstance(value, str):
        text = value.encode("ascii")
        return head + bytes((len(text),)) + text
    return head + struct.pack(FORMATS[parameter.kind], value)


def answer(data: bytes, parameters: Sequence[Parameter]) -> list[Value] | Status:
    """The values of `parameters` in their order, or the status that came instead.

    `CorruptFrame` where the answer is not exactly one to that request.
    """
    if len(data) == 1:
        return Status(data[0])
    if data[0] == STATUS:
        return status(data)
    if data[0] != VALUES:
        raise CorruptFrame(f"{data[0]:02X} is no answer to a request")
    found: list[Value] = []
    at = 1
    for process, index, one, chained in _chain(parameters):
        head = process + bytes((index | chained,))
        if data[at : at + len(head)] != head:
            raise CorruptFrame(f"the answer is not that to parameter {one.process}/{one.number}")
        value, at = _value(data, at + len(head), one.kind)
        found.append(value)
    if at != len(data):
        raise CorruptFrame(f"{len(data) - at} bytes are left over")
    return found


def status(data: bytes) -> Status:
    """The status that answers a command; `CorruptFrame` where it is none."""
    if len(data) == 1:
        return Status(data[0])
    if data[0] != STATUS or len(data) != 3:
        raise CorruptFrame(f"{data.hex(' ')} is no status")
    return Status(data[1])


def _chain(parameters: Sequence[Parameter]) -> list[tuple[bytes, int, Parameter, int]]:
    """Each parameter with the byte of its process where a group begins, its index and type, and
    the mark that another of the group follows."""
    found: list[tuple[bytes, int, Parameter, int]] = []
    groups = [list(group) for _, group in groupby(parameters, key=lambda one: one.process)]
    for number, group in enumerate(groups, 1):
        more = CHAINED if number < len(groups) else 0
        for place, one in enumerate(group, 1):
            process = bytes((one.process | more,)) if place == 1 else b""
            index = len(found) | TYPES[one.kind]
            found.append((process, index, one, CHAINED if place < len(group) else 0))
    return found


def _value(data: bytes, at: int, kind: Kind) -> tuple[Value, int]:
    """The value that begins at `at`, and where the next begins."""
    if kind == "string":
        return _string(data, at)
    size = struct.calcsize(FORMATS[kind])
    if at + size > len(data):
        raise CorruptFrame("the answer ends in the middle of a value")
    (value,) = struct.unpack_from(FORMATS[kind], data, at)
    return value, at + size


def _string(data: bytes, at: int) -> tuple[str, int]:
    """A string of a given length, or of length 0 and ended by a zero byte."""
    if at >= len(data):
        raise CorruptFrame("the answer ends before a string")
    begin = at + 1
    end = begin + data[at] if data[at] else data.find(b"\0", begin)
    if end < begin or end > len(data):
        raise CorruptFrame("the answer ends in the middle of a string")
    text = data[begin:end].rstrip(b"\0 ")
    if any(not 0x20 <= byte < 0x7F for byte in text):
        raise CorruptFrame(f"{text!r} is no text")
    return text.decode("ascii"), end + (0 if data[at] else 1)
