"""Modbus TCP for servers, sans-IO (Modbus Messaging on TCP/IP Implementation Guide 1.0b).

A request is an MBAP header (transaction, protocol 0, length, unit) and a function with its
content. The answer carries the header's transaction and unit. A header that cannot be one loses
the place in the stream: what is there is dropped, as a server does that closes the connection.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

HEADER = 7
MOST = 254
"""Largest length in a header: unit, function and 252 bytes of content."""

GATEWAY_TARGET = 0x0B
"""Exception: no such unit behind this address."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `transaction` and `unit` of its header, `function` and `content`."""

    transaction: int
    unit: int
    function: int
    content: bytes


class Framer:
    """Requests out of a byte stream that may arrive in any pieces."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[Request]:
        """Requests complete with `data`, to any unit."""
        self._buffer += data
        requests = []
        while len(self._buffer) > HEADER:
            transaction, protocol, length, unit = struct.unpack(">HHHB", self._buffer[:HEADER])
            if protocol != 0 or not 2 <= length <= MOST:
                self._buffer = b""
                break
            end = HEADER - 1 + length
            if len(self._buffer) < end:
                break
            function, content = self._buffer[HEADER], self._buffer[HEADER + 1 : end]
            requests.append(Request(transaction, unit, function, content))
            self._buffer = self._buffer[end:]
        return requests

    def clear(self) -> None:
        """Forget half a request."""
        self._buffer = b""


def frame(request: Request, reply: bytes) -> bytes:
    """`reply` (function and content) behind the header that answers `request`."""
    return struct.pack(">HHHB", request.transaction, 0, len(reply) + 1, request.unit) + reply
