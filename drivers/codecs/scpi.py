"""What SCPI instruments answer: numbers, quoted strings, error queue entries, binary blocks.

IEEE 488.2-1992 (8.7: response data) and SCPI-1999 volume 2 (21.8: SYSTem:ERRor). A text that is
not of its form raises `ScpiError`; nothing is guessed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

OVERFLOW = 9.9e37
"""SCPI-1999 volume 1, 7.2.1.4: a value beyond the range, with either sign."""

NOT_MEASURED = 9.91e37
"""SCPI-1999 volume 1, 7.2.1.5: not a number."""

LONGEST_HEAD = 11
"""Bytes before the payload of a block: `#`, the number of digits, at most nine digits."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_ERROR = re.compile(r'([+-]?\d+)\s*,\s*("(?:[^"]|"")*")', re.ASCII)
_FOUR_FIELDS = 4


class ScpiError(ValueError):
    """A text that is no such answer."""


class NotMeasured(ScpiError):
    """A number that means: overflow, or nothing was measured."""


class ErrorEntry(NamedTuple):
    """An entry of the error queue; code 0 means that the queue is empty."""

    code: int
    text: str


class IdnFields(NamedTuple):
    """The four fields of `*IDN?`."""

    maker: str
    model: str
    serial: str
    firmware: str


def number(text: str) -> float:
    """A decimal number (NR1, NR2 or NR3), also 9.9E37 and 9.91E37."""
    stripped = text.strip()
    if not _NUMBER.fullmatch(stripped):
        raise ScpiError(f"{text!r} is no number")
    return float(stripped)


def measured(text: str) -> float:
    """A number that was measured; `NotMeasured` for the two that mean that it was not."""
    value = number(text)
    if abs(value) == NOT_MEASURED:
        raise NotMeasured("nothing was measured (9.91E37)")
    if abs(value) >= OVERFLOW:
        raise NotMeasured("the value is beyond the range (9.9E37)")
    return value


def numbers(text: str) -> list[float]:
    """Comma-separated measured numbers."""
    return [measured(field) for field in text.split(",")]


def quoted(text: str) -> tuple[str, int]:
    """The quoted string that `text` begins with, and how many characters it used.

    Quotes inside are doubled (IEEE 488.2, 8.7.8); `'` and `"` both serve.
    """
    mark = text[:1]
    if mark not in ('"', "'"):
        raise ScpiError(f"{text!r} begins with no quote")
    found = re.match(rf"{mark}((?:[^{mark}]|{mark}{mark})*){mark}(?!{mark})", text)
    if found is None:
        raise ScpiError(f"{text!r} has no closing quote")
    return found.group(1).replace(mark * 2, mark), found.end()


def error_entry(text: str) -> ErrorEntry:
    """An answer to `SYST:ERR?`, such as `-222,"Parameter data out of range"`."""
    found = _ERROR.fullmatch(text.strip())
    if found is None:
        raise ScpiError(f"{text!r} is no entry of an error queue")
    return ErrorEntry(int(found.group(1)), quoted(found.group(2))[0])


def idn(text: str) -> IdnFields:
    """The answer to `*IDN?`: maker, model, serial number, firmware."""
    fields = [field.strip() for field in text.strip().split(",")]
    if len(fields) != _FOUR_FIELDS or not all(fields[:3]):
        raise ScpiError(f"{text!r} is no identity of four fields")
    return IdnFields(*fields)


def block_size(head: bytes) -> int | None:
    """Bytes of the block that begins with `head`, its own head included; None while that is cut.

    `#` and the number of digits, the length in these digits, then that many bytes (IEEE 488.2,
    8.7.9).
    """
    if head[:1] not in (b"", b"#"):
        raise ScpiError(f"a block begins with #, not with {head[:1]!r}")
    count = head[1:2]
    if not count:
        return None
    if not count.isdigit() or count == b"0":
        raise ScpiError(f"a block of definite length has 1..9 digits, not {count!r}")
    start = 2 + int(count)
    digits = head[2:start]
    if digits and not digits.isdigit():
        raise ScpiError(f"the length of a block is {digits!r}")
    return None if len(head) < start else start + int(digits)


def block(buffer: bytes) -> tuple[bytes | None, int]:
    """The payload of the block that `buffer` begins with, and how many bytes it used.

    (None, 0) while it is not complete.
    """
    end = block_size(buffer[:LONGEST_HEAD])
    if end is None or len(buffer) < end:
        return None, 0
    return buffer[2 + int(buffer[1:2]) : end], end
