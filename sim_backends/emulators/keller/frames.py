"""Frames of the Keller bus and of Modbus RTU on one line (protocol Series 30, sections 3 and 4).

Both are address, function, content and a CRC-16 of the same polynomial, which the Keller bus sends
high byte first and Modbus low byte first: that tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.emulators import modbus_rtu as rtu

LONGEST = 256
SILENCE = 0.05
"""Seconds after which half a frame is dropped; 3.5 characters would need a better clock."""

_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Request:
    """A frame without its check: device address, function, content, and its dialect."""

    address: int
    function: int
    content: bytes
    modbus: bool

    @property
    def data(self) -> bytes:
        """Address, function and content."""
        return bytes((self.address, self.function)) + self.content


def check(data: bytes) -> bytes:
    """The check of the Keller bus, high byte first (section 6.1)."""
    return rtu.crc16(data).to_bytes(2, "big")


def frame(data: bytes) -> bytes:
    """A frame of the Keller bus around address, function and content."""
    return data + check(data)


class Framer:
    """Requests out of a byte stream that may arrive in any pieces.

    The first check that fits ends a frame, so that a message of the wrong length is found too.
    """

    def __init__(self) -> None:
        self._buffer = b""
        self._heard = 0.0

    def feed(self, data: bytes, t: float) -> list[Request]:
        """Requests complete with `data`, to any address."""
        if t - self._heard > SILENCE:
            self._buffer = b""
        self._heard = t
        self._buffer += data
        found = []
        while (length := self._length()) is not None:
            found.append(_request(self._buffer[:length]))
            self._buffer = self._buffer[length:]
        if len(self._buffer) > LONGEST:
            self._buffer = b""
        return found

    def clear(self) -> None:
        """Forget half a frame."""
        self._buffer = b""

    def _length(self) -> int | None:
        for length in range(_SHORTEST, len(self._buffer) + 1):
            if _seal(self._buffer[:length]):
                return length
        return None


def _seal(data: bytes) -> str:
    """Byte order of the check that ends `data`; empty where it is none."""
    crc = rtu.crc16(data[:-2])
    if data[-2:] == crc.to_bytes(2, "big"):
        return "big"
    return "little" if data[-2:] == crc.to_bytes(2, "little") else ""


def _request(data: bytes) -> Request:
    return Request(data[0], data[1], data[2:-2], _seal(data) == "little")
