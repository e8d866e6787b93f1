"""Data link of ProPar on RS232: ASCII and enhanced binary messages, both on one line.

Bronkhorst, "RS232 interface", 9.17.027: pages 12 (ASCII), 13 and 14 (enhanced binary). Which of the
general errors 1 to 4 answers which fault is remembered from older editions of the same manual.
"""

from __future__ import annotations

from dataclasses import dataclass

DLE, STX, ETX = 0x10, 0x02, 0x03
COLON, CR, LF = 0x3A, 0x0D, 0x0A
HEX = frozenset(b"0123456789ABCDEFabcdef")

FIRST_BYTE, SECOND_BYTE, PROTOCOL, REJECTED = 2, 3, 4, 5
"""Errors: length unreadable, node unreadable, message unreadable, no such node."""

LONGEST = 600
"""Characters of a message that are kept; the manual gives a length byte, so 255 bytes of data."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A message to or from `node`; `sequence` is None in ASCII. `error`: it came broken."""

    node: int
    data: bytes
    sequence: int | None = None
    error: int = 0


def encode(frame: Frame) -> bytes:
    """The frame on the wire, in the protocol that it came in."""
    if frame.sequence is None:
        text = f":{len(frame.data) + 1:02X}{frame.node:02X}{frame.data.hex().upper()}\r\n"
        return text.encode("ascii")
    return _stuffed(bytes((frame.sequence, frame.node, len(frame.data))) + frame.data)


def encode_error(frame: Frame, error: int) -> bytes:
    """The error message to `frame`: `:01ee` or a message of length zero."""
    if frame.sequence is None:
        return f":01{error:02X}\r\n".encode("ascii")
    return _stuffed(bytes((frame.sequence, frame.node, 0, error)))


def _stuffed(content: bytes) -> bytes:
    doubled = content.replace(bytes((DLE,)), bytes((DLE, DLE)))
    return bytes((DLE, STX)) + doubled + bytes((DLE, ETX))


class Framer:
    """Frames out of a byte stream in any pieces; what starts with neither `:` nor DLE is noise."""

    def __init__(self) -> None:
        self._text: bytearray | None = None
        self._binary: bytearray | None = None
        self._escaped = False

    def clear(self) -> None:
        """Forget half a message."""
        self._text = self._binary = None
        self._escaped = False

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that are complete with `data`."""
        found: list[Frame] = []
        for byte in data:
            frame = self._one(byte)
            if frame is not None:
                found.append(frame)
        return found

    def _one(self, byte: int) -> Frame | None:
        if self._binary is not None:
            return self._in_binary(byte)
        if byte == COLON:
            self._text, self._escaped = bytearray(), False
        elif self._text is not None:
            return self._in_text(byte)
        elif self._escaped and byte == STX:
            self._binary, self._escaped = bytearray(), False
        else:
            self._escaped = byte == DLE
        return None

    def _in_text(self, byte: int) -> Frame | None:
        assert self._text is not None
        if byte == CR:
            text, self._text = bytes(self._text), None
            return _from_text(text)
        if byte != LF and len(self._text) < LONGEST:
            self._text.append(byte)
        return None

    def _in_binary(self, byte: int) -> Frame | None:
        assert self._binary is not None
        if not self._escaped:
            self._escaped = byte == DLE
            if byte != DLE and len(self._binary) < LONGEST:
                self._binary.append(byte)
            return None
        self._escaped = False
        if byte == DLE:
            self._binary.append(byte)
        elif byte == STX:
            self._binary = bytearray()
        else:
            content, self._binary = bytes(self._binary), None
            return _from_binary(content) if byte == ETX else None
        return None


def _from_text(text: bytes) -> Frame | None:
    if not text:
        return None
    if len(text) < 2 or not HEX.issuperset(text[:2]):
        return Frame(0, b"", error=FIRST_BYTE)
    if len(text) < 4 or not HEX.issuperset(text[2:4]):
        return Frame(0, b"", error=SECOND_BYTE)
    length, node, rest = int(text[:2], 16), int(text[2:4], 16), text[4:]
    if len(rest) != 2 * (length - 1) or not rest or not HEX.issuperset(rest):
        return Frame(node, b"", error=PROTOCOL)
    return Frame(node, bytes.fromhex(rest.decode("ascii")))


def _from_binary(content: bytes) -> Frame | None:
    if len(content) < 3:
        return None
    sequence, node, length = content[:3]
    if length != len(content) - 3 or not length:
        return Frame(node, b"", sequence, error=PROTOCOL)
    return Frame(node, content[3:], sequence)
