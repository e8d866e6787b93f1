"""MQTT packets, sans-IO: OASIS MQTT 3.1.1 (levels 4) and 5.0 (level 5), as far as a broker needs.

Properties of version 5 are carried as they stand; only the session expiry interval is looked at.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK = 1, 2, 3, 4, 8, 9
UNSUBSCRIBE, UNSUBACK, PINGREQ, PINGRESP, DISCONNECT = 10, 11, 12, 13, 14
V311, V5 = 4, 5
LARGEST = 1 << 20
"""Bytes of a packet that this broker takes."""

_SESSION_EXPIRY, _MAXIMUM_QOS = 0x11, 0x24
_WIDTHS = {0x01: 1, 0x17: 1, 0x19: 1, 0x24: 1, 0x25: 1, 0x28: 1, 0x29: 1, 0x2A: 1,
           0x13: 2, 0x21: 2, 0x22: 2, 0x23: 2, 0x02: 4, 0x11: 4, 0x18: 4, 0x27: 4}  # fmt: skip


class Malformed(Exception):
    """What came is no packet: the connection is closed."""


@dataclass(frozen=True, slots=True)
class Packet:
    """A control packet: `kind`, the four `flags` of its header, `body`."""

    kind: int
    flags: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """An application message; `properties` are those of version 5 as they stand on the wire."""

    topic: str
    payload: bytes
    qos: int = 0
    retain: bool = False
    properties: bytes = b""


@dataclass(frozen=True, slots=True)
class Connect:
    """What a client says of itself; `expiry` in s keeps its session (0: it ends)."""

    level: int
    client: str
    clean: bool
    keepalive: int
    expiry: int
    will: Message | None


class Framer:
    """Packets out of a byte stream that may arrive in any pieces."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[Packet]:
        """Packets complete with `data`; `Malformed` where a length cannot be one."""
        self._buffer += data
        packets = []
        while len(self._buffer) >= 2:
            head = _length(self._buffer)
            if head is None or len(self._buffer) < sum(head):
                break
            start, size = head
            first = self._buffer[0]
            packets.append(Packet(first >> 4, first & 15, self._buffer[start : start + size]))
            self._buffer = self._buffer[start + size :]
        return packets


def _length(data: bytes) -> tuple[int, int] | None:
    """(bytes of the header, bytes of the body); None while more must come."""
    size = 0
    for index in range(4):
        if 1 + index >= len(data):
            return None
        size |= (data[1 + index] & 0x7F) << 7 * index
        if not data[1 + index] & 0x80:
            if size > LARGEST:
                raise Malformed("packet too large")
            return 2 + index, size
    raise Malformed("remaining length of more than four bytes")


class Reader:
    """Fields out of a packet's body; `Malformed` where it ends too early."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def take(self, size: int) -> bytes:
        """`size` bytes."""
        if len(self._body) < size:
            raise Malformed("packet ends too early")
        data, self._body = self._body[:size], self._body[size:]
        return data

    def rest(self) -> bytes:
        """All that is left."""
        return self.take(len(self._body))

    def number(self, size: int) -> int:
        """An unsigned integer of `size` bytes."""
        return int.from_bytes(self.take(size), "big")

    def binary(self) -> bytes:
        """Bytes behind their length."""
        return self.take(self.number(2))

    def text(self) -> str:
        """UTF-8 behind its length, without the null character."""
        try:
            text = self.binary().decode("utf-8")
        except UnicodeDecodeError as error:
            raise Malformed("no UTF-8") from error
        if "\0" in text:
            raise Malformed("a null character in a text")
        return text

    def properties(self, level: int) -> bytes:
        """The properties as they stand, without their length; none before version 5."""
        if level < V5:
            return b""
        size = 0
        for shift in range(0, 28, 7):
            byte = self.number(1)
            size |= (byte & 0x7F) << shift
            if not byte & 0x80:
                return self.take(size)
        raise Malformed("length of more than four bytes")

    def __bool__(self) -> bool:
        return bool(self._body)


def read_connect(body: bytes) -> Connect:
    """The CONNECT packet; `Malformed` where the protocol is none of ours."""
    reader = Reader(body)
    name, level, flags = reader.text(), reader.number(1), reader.number(1)
    if name != "MQTT" or level not in (V311, V5) or flags & 1:
        raise Malformed(f"not MQTT 3.1.1 or 5: {name!r} level {level}")
    keepalive = reader.number(2)
    properties = reader.properties(level)
    client = reader.text()
    will = _will(reader, level, flags) if flags & 4 else None
    if flags & 0x80:
        reader.text()
    if flags & 0x40:
        reader.binary()
    clean = bool(flags & 2)
    expiry = _expiry(properties) if level == V5 else 0 if clean else 0xFFFFFFFF
    return Connect(level, client, clean, keepalive, expiry, will)


def _will(reader: Reader, level: int, flags: int) -> Message:
    reader.properties(level)
    topic, payload = reader.text(), reader.binary()
    return Message(topic, payload, min(flags >> 3 & 3, 1), bool(flags & 0x20))


def _expiry(properties: bytes) -> int:
    reader = Reader(properties)
    while reader:
        kind = reader.number(1)
        if kind == _SESSION_EXPIRY:
            return reader.number(4)
        _skip(reader, kind)
    return 0


def _skip(reader: Reader, kind: int) -> None:
    if kind in _WIDTHS:
        reader.take(_WIDTHS[kind])
    elif kind == 0x26:
        reader.binary()
        reader.binary()
    elif kind == 0x0B:
        while reader.number(1) & 0x80:
            pass
    else:
        reader.binary()


def read_publish(packet: Packet, level: int) -> tuple[Message, int]:
    """(message, packet identifier) of a PUBLISH; the identifier is 0 with QoS 0."""
    qos = packet.flags >> 1 & 3
    if qos > 1:
        raise Malformed("QoS 2 is not offered")
    reader = Reader(packet.body)
    topic = reader.text()
    identifier = reader.number(2) if qos else 0
    properties = reader.properties(level)
    message = Message(topic, reader.rest(), qos, bool(packet.flags & 1), properties)
    return message, identifier


def packet(kind: int, body: bytes, flags: int = 0) -> bytes:
    """The packet's bytes."""
    return bytes((kind << 4 | flags,)) + variable(len(body)) + body


def variable(number: int) -> bytes:
    """A variable byte integer."""
    data = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        data.append(low | 0x80 if number else low)
        if not number:
            return bytes(data)


def string(text: str) -> bytes:
    """A text behind its length."""
    data = text.encode("utf-8")
    return struct.pack(">H", len(data)) + data


def connack(level: int, *, present: bool, code: int = 0) -> bytes:
    """CONNACK; version 5 is told that QoS 1 is the most."""
    body = bytes((int(present), code))
    if level == V5:
        body += bytes((2, _MAXIMUM_QOS, 1))
    return packet(CONNACK, body)


def publish(message: Message, identifier: int, level: int, *, again: bool = False) -> bytes:
    """PUBLISH; `again`: it was sent before and not acknowledged."""
    flags = again << 3 | message.qos << 1 | message.retain
    body = string(message.topic)
    if message.qos:
        body += struct.pack(">H", identifier)
    if level == V5:
        body += variable(len(message.properties)) + message.properties
    return packet(PUBLISH, body + message.payload, flags)
