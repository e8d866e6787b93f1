"""Wire grammar of the labctl line protocol 1 (docs/protocols/llp1.md), without any input or output.

Every line ends with `*` and two upper-case hexadecimal digits of a CRC-8. A line whose check does
not fit never becomes a value. The check finds every error within eight neighbouring bits, so
every single wrong character; of other errors it misses one in 256.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drivers.codecs.framing import take_line

LONGEST = 80
"""Characters of a line, with its check and without its terminator."""

POLYNOMIAL = 0x07
_CHECKED = re.compile(r"([ -~]*)\*([0-9A-F]{2})")
_REFUSAL = re.compile(r"!([1-9]\d*) ([ -~]+)")


class CorruptLine(ValueError):
    """A line that is not as the protocol says: its check is wrong, or it has no known form."""


@dataclass(frozen=True)
class Done:
    """`OK`: the command was carried out."""


@dataclass(frozen=True)
class Values:
    """`=` and the values of a query, as text."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """`!`, an error number and its text."""

    number: int
    text: str


Answer = Done | Values | Refused


def crc8(data: bytes) -> int:
    """CRC-8, polynomial 0x07, initial value 0, not reflected; 0xF4 for `123456789`."""
    check = 0
    for byte in data:
        check ^= byte
        for _ in range(8):
            check = (check << 1) ^ POLYNOMIAL if check & 0x80 else check << 1
            check &= 0xFF
    return check


def encode(text: str) -> str:
    """`text` with its check, without terminator; ValueError where no line can carry it."""
    if not text.isascii() or not text.isprintable() or "*" in text:
        raise ValueError(f"{text!r} has characters that a line cannot carry")
    line = f"{text}*{crc8(text.encode('ascii')):02X}"
    if len(line) > LONGEST:
        raise ValueError(f"{line!r} is longer than {LONGEST} characters")
    return line


def decode(line: str) -> Answer:
    """The answer in `line`, which has no terminator; `CorruptLine` where it is none."""
    found = _CHECKED.fullmatch(line)
    if found is None or len(line) > LONGEST:
        raise CorruptLine(f"{line!r} has no check, or characters that no line carries")
    text, check = found.groups()
    if int(check, 16) != crc8(text.encode("ascii")):
        raise CorruptLine(f"the check of {line!r} does not fit")
    return _answer(text)


def take(buffer: bytes) -> tuple[Answer | None, int]:
    """The first whole answer in `buffer` and how many bytes it used; (None, 0) while incomplete.

    `CorruptLine` where the first line is no answer; `take_line` tells how long it is.
    """
    line, used = take_line(buffer, b"\r\n")
    if line is None:
        return None, 0
    return decode(line.decode("ascii", "backslashreplace")), used


def _answer(text: str) -> Answer:
    if text == "OK":
        return Done()
    kind, _, rest = text.partition(" ")
    if kind == "=" and rest.split(" ") == rest.split():
        return Values(tuple(rest.split(" ")))
    refusal = _REFUSAL.fullmatch(text)
    if refusal is None:
        raise CorruptLine(f"{text!r} is no answer")
    return Refused(int(refusal.group(1)), refusal.group(2))
