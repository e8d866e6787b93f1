"""Modbus RTU for slaves, sans-IO (Modbus over Serial Line 1.02, Application Protocol 1.1b3).

Frames are found by their length and check. A broken frame is dropped without an answer, as the
specification asks, and so is half a frame after a silence.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Protocol

READ_HOLDING, READ_INPUT, WRITE_ONE, LOOPBACK, WRITE_MANY = 3, 4, 6, 8, 16
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE = 1, 2, 3
MOST_READ, MOST_WRITTEN = 125, 123
_LENGTHS = {READ_HOLDING: 8, READ_INPUT: 8, WRITE_ONE: 8, LOOPBACK: 8}
_LONGEST = 256
_SILENCE = 0.05
"""Seconds after which half a frame is dropped; 3.5 characters would need a better clock."""


class ModbusError(Exception):
    """An exception answer with its code: 1 function, 2 address, 3 value."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Registers(Protocol):
    """What a slave gives and takes; both raise `ModbusError`."""

    def read(self, address: int, count: int) -> Sequence[int]:
        """`count` registers from `address`, each 0..65535."""
        ...

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write `values`, each 0..65535, from `address` on."""
        ...


def _table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = (byte >> 1) ^ 0xA001 if byte & 1 else byte >> 1
        table.append(byte)
    return tuple(table)


_CRC = _table()


def crc16(data: bytes) -> int:
    """CRC-16 of Modbus: polynomial 0xA001 reflected, initial value 0xFFFF."""
    crc = 0xFFFF
    for byte in data:
        crc = (crc >> 8) ^ _CRC[(crc ^ byte) & 0xFF]
    return crc


def frame(data: bytes) -> bytes:
    """`data` (unit, function, content) with its check, low byte first."""
    return data + struct.pack("<H", crc16(data))


class Framer:
    """Requests out of a byte stream that may arrive in any pieces."""

    def __init__(self, unit: int) -> None:
        self.unit = unit
        self._buffer = b""
        self._heard = 0.0

    def feed(self, data: bytes, t: float) -> list[bytes]:
        """Requests complete with `data`, without check: to this unit or to all (unit 0)."""
        if t - self._heard > _SILENCE:
            self._buffer = b""
        self._heard = t
        self._buffer += data
        requests = []
        while (length := self._length()) is not None:
            request, self._buffer = self._buffer[: length - 2], self._buffer[length:]
            if request[0] in (0, self.unit):
                requests.append(request)
        return requests

    def clear(self) -> None:
        """Forget half a frame."""
        self._buffer = b""

    def _length(self) -> int | None:
        """Length of the frame at the head; bytes that begin no frame are dropped one by one."""
        while len(self._buffer) >= 4:
            expected = self._expected()
            if expected is None:
                return None
            if crc16(self._buffer[: expected - 2]) == self._check_at(expected):
                return expected
            self._buffer = self._buffer[1:]
        return None

    def _expected(self) -> int | None:
        """Bytes that the head's frame must have; None while more must come to know or to end."""
        function = self._buffer[1]
        if function == WRITE_MANY:
            length = 9 + self._buffer[6] if len(self._buffer) > 6 else _LONGEST
        elif function in _LENGTHS:
            length = _LENGTHS[function]
        else:
            return self._search()
        return length if len(self._buffer) >= length else None

    def _search(self) -> int | None:
        # The length of an unknown function is not known: the first fitting check ends it. The
        # CRC over a frame with its check is 0.
        crc = 0xFFFF
        for length, byte in enumerate(self._buffer[:_LONGEST], 1):
            crc = (crc >> 8) ^ _CRC[(crc ^ byte) & 0xFF]
            if crc == 0 and length >= 4:
                return length
        return _LONGEST if len(self._buffer) >= _LONGEST else None

    def _check_at(self, length: int) -> int:
        return self._buffer[length - 2] | self._buffer[length - 1] << 8


def answer(request: bytes, registers: Registers) -> bytes:
    """The framed answer of a slave to `request` (unit, function, content); empty to a broadcast."""
    reply = request[:1] + respond(request[1], request[2:], registers)
    return frame(reply) if request[0] else b""


def respond(function: int, content: bytes, registers: Registers) -> bytes:
    """Function and content of the answer, or the exception, to a request of any content."""
    try:
        return bytes((function,)) + _execute(function, content, registers)
    except ModbusError as error:
        return bytes((function | 0x80, error.code))


def _execute(function: int, content: bytes, registers: Registers) -> bytes:
    if function in _LENGTHS and len(content) != _LENGTHS[function] - 4:
        raise ModbusError(ILLEGAL_VALUE)
    if function in (READ_HOLDING, READ_INPUT):
        return _read(content, registers)
    if function == WRITE_ONE:
        address, value = struct.unpack(">HH", content)
        registers.write(address, [value])
        return content
    if function == WRITE_MANY:
        return _write(content, registers)
    if function == LOOPBACK:
        if content[:2] != b"\x00\x00":
            raise ModbusError(ILLEGAL_FUNCTION)
        return content
    raise ModbusError(ILLEGAL_FUNCTION)


def _read(content: bytes, registers: Registers) -> bytes:
    address, count = struct.unpack(">HH", content)
    if not 1 <= count <= MOST_READ:
        raise ModbusError(ILLEGAL_VALUE)
    values = registers.read(address, count)
    return bytes((2 * count,)) + struct.pack(f">{count}H", *values)


def _write(content: bytes, registers: Registers) -> bytes:
    if len(content) < 5:
        raise ModbusError(ILLEGAL_VALUE)
    address, count, size = struct.unpack(">HHB", content[:5])
    if not 1 <= count <= MOST_WRITTEN or not size == 2 * count == len(content) - 5:
        raise ModbusError(ILLEGAL_VALUE)
    registers.write(address, struct.unpack(f">{count}H", content[5:]))
    return content[:4]
