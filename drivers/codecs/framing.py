"""Lines in a stream of bytes."""

from __future__ import annotations


def take_line(buffer: bytes, terminator: bytes) -> tuple[bytes | None, int]:
    """The first whole line of `buffer` without `terminator`, and how many bytes it used.

    (None, 0) while the line is not complete.
    """
    end = buffer.find(terminator)
    if end < 0:
        return None, 0
    return buffer[:end], end + len(terminator)
