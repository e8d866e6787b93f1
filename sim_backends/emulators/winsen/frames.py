"""Nine-byte frames of Winsen's UART modules (MH-Z19B user's manual 1.5, section 11).

FF, address or command, six bytes of content, check: the two's complement of the sum of bytes 1..7.
"""

from __future__ import annotations

START = 0xFF
LENGTH = 9
SILENCE = 0.5
"""Seconds after which half a frame is dropped; the manual gives no figure."""


def check(content: bytes) -> int:
    """The check over bytes 1..7."""
    return -sum(content) & 0xFF


def frame(content: bytes) -> bytes:
    """The frame around seven bytes of `content` (bytes 1..7)."""
    return bytes((START, *content, check(content)))


class Framer:
    """Frames with a right check out of a byte stream that may arrive in any pieces."""

    def __init__(self) -> None:
        self._buffer = b""
        self._heard = 0.0

    def feed(self, data: bytes, t: float) -> list[bytes]:
        """Contents (bytes 1..7) of the frames complete with `data`; noise is dropped."""
        if t - self._heard > SILENCE:
            self._buffer = b""
        self._heard = t
        self._buffer += data
        found = []
        while len(self._buffer) >= LENGTH:
            content = self._buffer[1:8]
            if self._buffer[0] == START and check(content) == self._buffer[8]:
                found.append(content)
                self._buffer = self._buffer[LENGTH:]
            else:
                self._skip()
        return found

    def clear(self) -> None:
        """Forget half a frame."""
        self._buffer = b""

    def _skip(self) -> None:
        start = self._buffer.find(START, 1)
        self._buffer = self._buffer[start:] if start > 0 else b""
