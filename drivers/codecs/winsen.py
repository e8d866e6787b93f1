"""Wire grammar of Winsen's gas modules (MH-Z19B user's manual 1.4): frames of nine bytes.

A command is `FF 01`, a code, five bytes of data and a check; an answer is `FF`, the code it
answers, six bytes of data and a check. The check is the two's complement of the sum of the bytes
between it and the start. It finds every single wrong byte, but not two that are exchanged.
"""

from __future__ import annotations

LENGTH = 9
"""Bytes of a frame."""

START, SENSOR = 0xFF, 0x01
COMMAND_DATA, ANSWER_DATA = 5, 6


class CorruptFrame(ValueError):
    """Bytes that are no frame: another start, or a check that does not fit."""


def check(body: bytes) -> int:
    """The check of the bytes between start and check; 0x79 for `01 86 00 00 00 00 00`."""
    return -sum(body) & 0xFF


def command(code: int, data: bytes = b"") -> bytes:
    """The frame of command `code` with `data`, filled up with zeros; ValueError beyond 5 bytes."""
    if len(data) > COMMAND_DATA:
        raise ValueError(f"a command carries {COMMAND_DATA} bytes, not {len(data)}")
    body = bytes((SENSOR, code)) + data.ljust(COMMAND_DATA, b"\0")
    return bytes((START,)) + body + bytes((check(body),))


def frame_length(buffer: bytes) -> int | None:
    """How many bytes of `buffer` make its first frame, None where more must come.

    `CorruptFrame` where they can be none.
    """
    if buffer and buffer[0] != START:
        raise CorruptFrame(f"a frame begins with FF, not with {buffer[0]:02X}")
    if len(buffer) < LENGTH:
        return None
    if check(buffer[1 : LENGTH - 1]) != buffer[LENGTH - 1]:
        raise CorruptFrame(f"the check of {buffer[:LENGTH].hex(' ')} does not fit")
    return LENGTH


def answer(frame: bytes) -> tuple[int, bytes]:
    """Code and six bytes of data of an answer; `CorruptFrame` where `frame` is not a whole one."""
    if frame_length(frame) != len(frame):
        raise CorruptFrame(f"{frame.hex(' ')!r} is not one frame of {LENGTH} bytes")
    return frame[1], frame[2 : LENGTH - 1]
