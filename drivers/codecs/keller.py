"""Wire grammar of the Keller bus (communication protocol of series 30, version 3.x, chapters 3, 5).

A request is an address, a function, its data and a CRC; an answer the same address, the same
function and its data, or the function with bit 7 set and an error number. The CRC is that of
Modbus with its high byte first. A converter from RS485 may send back what it was sent (echo): it
is taken off here where it stands before the answer. One request looks like its own answer, function
95 with command 0 and no set point: it is to be asked with a set point.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

READ_COEFFICIENT, WRITE_COEFFICIENT = 30, 31
READ_CONFIGURATION, WRITE_CONFIGURATION = 32, 33
INITIALISE, SERIAL_NUMBER, READ_CHANNEL, ZERO = 48, 69, 73, 95

ANSWERED = {
    READ_COEFFICIENT: 4,
    WRITE_COEFFICIENT: 1,
    READ_CONFIGURATION: 1,
    WRITE_CONFIGURATION: 1,
    INITIALISE: 6,
    SERIAL_NUMBER: 4,
    READ_CHANNEL: 5,
    ZERO: 1,
}
"""Bytes of data in the answer to each function."""

EXCEPTION = 0x80
HEAD, CHECK = 2, 2
"""Bytes before and after the data."""

POLYNOMIAL = 0xA001


class CorruptFrame(ValueError):
    """Bytes that are no answer to the request: another head, or a CRC that does not fit."""


class Refused(ValueError):
    """The transmitter answered with an error number, `code`."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


def crc16(data: bytes) -> bytes:
    """The two bytes of the CRC, high byte first; C4 00 for `02 30`."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ POLYNOMIAL if crc & 1 else crc >> 1
    return crc.to_bytes(2, "big")


def request(address: int, function: int, data: bytes = b"") -> bytes:
    """The frame that asks `address` for `function` with `data`."""
    body = bytes((address, function)) + data
    return body + crc16(body)


def number(value: float) -> bytes:
    """`value` as the four bytes of a float, high byte first."""
    return struct.pack(">f", value)


def value_of(data: bytes) -> float:
    """The number that the first four bytes of `data` hold."""
    return struct.unpack(">f", data[:4])[0]


def finder(asked: bytes) -> Callable[[bytes], int | None]:
    """What finds the answer to the frame `asked`, with its echo or without.

    It returns how many bytes were used, None where more must come, and raises `CorruptFrame`.
    """

    def find(came: bytes) -> int | None:
        if asked.startswith(came):
            return None
        echo = _echo(asked, came)
        if not _is_head_of(asked, came[echo:]):
            raise CorruptFrame(f"{came.hex(' ')} does not answer {asked.hex(' ')}")
        length = _length(came[echo:])
        if length is None or len(came) < echo + length:
            return None
        _check(came[echo : echo + length])
        return echo + length

    return find


def answer(asked: bytes, frame: bytes) -> bytes:
    """The data of the answer `frame` to the frame `asked`; `Refused` where it is an error.

    `CorruptFrame` where it is not one whole answer.
    """
    if finder(asked)(frame) != len(frame):
        raise CorruptFrame(f"{frame.hex(' ')} is not one answer to {asked.hex(' ')}")
    body = frame[_echo(asked, frame) :]
    data = body[HEAD:-CHECK]
    if body[1] & EXCEPTION:
        raise Refused(data[0])
    return data


def _echo(asked: bytes, came: bytes) -> int:
    """How many bytes of `came` are the echo of `asked`."""
    return len(asked) if came.startswith(asked) else 0


def _is_head_of(asked: bytes, body: bytes) -> bool:
    """Whether `body`, as far as it came, begins as an answer to `asked`."""
    heads = (asked[:HEAD], bytes((asked[0], asked[1] | EXCEPTION)))
    return any(head.startswith(body[:HEAD]) for head in heads)


def _length(body: bytes) -> int | None:
    """Length of the answer that begins with `body`; None while its function is not there."""
    if len(body) < HEAD:
        return None
    data = 1 if body[1] & EXCEPTION else ANSWERED[body[1]]
    return HEAD + data + CHECK


def _check(body: bytes) -> None:
    if crc16(body[:-CHECK]) != body[-CHECK:]:
        raise CorruptFrame(f"the CRC of {body.hex(' ')} does not fit")
