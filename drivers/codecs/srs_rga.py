"""Wire grammar of the SRS RGA100/200/300 (operating manual, chapter 6).

Commands are two letters, a parameter and CR. Texts come back ended by LF CR; ion currents as four
bytes, lowest first, two's complement, in units of 1e-16 A (6-8, 6-29). Neither has a check sum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drivers.codecs.framing import take_line

END = b"\n\r"
UNIT = 1e-16
"""One count of an ion current in A."""

CURRENT = 4
"""Bytes of an ion current."""

LONGEST = 80
"""Bytes of a text, more than the longest of the manual."""

_IDENTITY = re.compile(r"SRSRGA([123]00)VER(\d\.\d\d)SN([!-~]+)")
_INTEGER, _NUMBER = re.compile(r"\d{1,7}"), re.compile(r"-?\d{1,7}(?:\.\d{1,6})?")


class CorruptAnswer(ValueError):
    """Bytes that are no answer of the head."""


@dataclass(frozen=True)
class Head:
    """Who answers `ID?`: the largest mass in u is that of the model's name."""

    largest_mass: int
    firmware: str
    serial: str


def command(name: str, parameter: str = "") -> bytes:
    """A command of two letters with its parameter (a number, `?`, `*` or nothing)."""
    return f"{name}{parameter}\r".encode("ascii")


def text_end(buffer: bytes) -> int | None:
    """The end of the first text, None where more must come; `CorruptAnswer` where it is none."""
    line, used = take_line(buffer, END)
    body = buffer.rstrip(END) if line is None else line
    if len(body) > LONGEST or any(not 0x20 <= byte < 0x7F for byte in body):
        raise CorruptAnswer(f"{body[:20]!r} is no text of the head")
    return used or None


def current_end(buffer: bytes) -> int | None:
    """The end of the first ion current, None where more must come."""
    return CURRENT if len(buffer) >= CURRENT else None


def text(answer: bytes) -> str:
    """The text of an answer; `CorruptAnswer` where it is not whole."""
    if text_end(answer) != len(answer):
        raise CorruptAnswer(f"{answer!r} is not a whole text")
    return answer.removesuffix(END).decode("ascii")


def identity(answer: str) -> Head:
    """Who answered `ID?` (6-30); `CorruptAnswer` where it is no SRS RGA."""
    found = _IDENTITY.fullmatch(answer)
    if found is None:
        raise CorruptAnswer(f"{answer!r} is no identity of an SRS RGA")
    return Head(int(found[1]), found[2], found[3])


def integer(answer: str) -> int:
    """A whole number, as status bytes and settings are; `CorruptAnswer` for another text."""
    if not _INTEGER.fullmatch(answer):
        raise CorruptAnswer(f"{answer!r} is no whole number")
    return int(answer)


def number(answer: str) -> float:
    """A number in decimal format; `CorruptAnswer` for another text."""
    if not _NUMBER.fullmatch(answer):
        raise CorruptAnswer(f"{answer!r} is no number")
    return float(answer)


def current(data: bytes) -> float:
    """An ion current in A; `CorruptAnswer` where it is not of four bytes."""
    if len(data) != CURRENT:
        raise CorruptAnswer(f"{data.hex(' ')!r} is not of {CURRENT} bytes")
    return int.from_bytes(data, "little", signed=True) * UNIT
