"""MethodSCRIPT on the wire: numbers of scripts, lines of answers, data packages.

PalmSens MethodSCRIPT manual 1.x and EmStat Pico communication protocol 1.x; the forms are those of
the maker's own examples (PalmSens/MethodSCRIPT_Examples). The protocol has no check sum: a line
that is not of its form raises `CorruptLine`, a digit that became another one cannot be seen here.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from drivers.codecs.framing import take_line

PREFIXES = {
    **{"E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3},
    **{"": 0, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15, "a": -18},
}
"""Powers of ten by the prefix of a script's number; a package writes a blank for the empty one."""

OFFSET = 1 << 27
MANTISSA_LIMIT = 1 << 31
LONGEST = 500
"""Characters of an answer's line; a longer one is none."""

TIMING, OVERLOAD, UNDERLOAD, OVERLOAD_WARNING = 1, 2, 4, 8
"""Bits of a value's status."""

_VALUE = re.compile(r"([a-z]{2})(?:([0-9A-F]{7})([afpnumkMGTPEi ])|( {5}nan))((?:,[^,]+)*)")
_METADATA = re.compile(r",(?:1([0-9A-F])|2([0-9A-F]{2})|[04-9A-F][0-9A-F]*)")
_REFUSED = re.compile(r"([a-zA-Z]?)!([0-9A-F]{4})(?::\s*(.*))?")
_BEGIN = re.compile(r"M[0-9A-F]{4}|C[0-9A-F]{4}|C|L")


class CorruptLine(ValueError):
    """A line that the protocol does not know."""


@dataclass(frozen=True)
class Value:
    """A value of a package: two letters of its kind, SI value (nan: none), status and range.

    `status` is made of TIMING, OVERLOAD, UNDERLOAD, OVERLOAD_WARNING; `range` is the instrument's
    number of the range in use, -1 where it is not told.
    """

    kind: str
    value: float
    status: int = 0
    range: int = -1

    @property
    def overloaded(self) -> bool:
        """Whether the value is beyond what its range can measure."""
        return bool(self.status & OVERLOAD)


@dataclass(frozen=True)
class Package:
    """What a `pck_end` sent: values in the order of their `pck_add`."""

    values: tuple[Value, ...]


@dataclass(frozen=True)
class Begin:
    """A loop (`M`, `L`) or a scan (`C`) begins."""

    what: str


@dataclass(frozen=True)
class End:
    """A measuring loop (`*`), a loop (`+`) or a scan (`-`) ends."""

    what: str


@dataclass(frozen=True)
class Text:
    """A string that the script sent."""

    text: str


@dataclass(frozen=True)
class Finished:
    """The empty line after a script."""


@dataclass(frozen=True)
class Refused:
    """An error: the command's letter ("" from a running script), a code, and where it was."""

    command: str
    code: int
    where: str


Answer = Package | Begin | End | Text | Finished | Refused


def literal(value: float) -> str:
    """A number as a script writes it: a whole number and a prefix; ValueError where none fits."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number that a script can hold")
    if value == 0:
        return "0"
    for prefix, power in PREFIXES.items():
        mantissa = value / 10.0**power
        whole = round(mantissa)
        if whole and abs(mantissa - whole) <= 1e-9 * abs(mantissa) and abs(whole) < MANTISSA_LIMIT:
            return f"{whole}{prefix}"
    return _rounded(value)


def _rounded(value: float) -> str:
    """`value` with as many digits as a mantissa of 31 bits holds."""
    for prefix, power in reversed(PREFIXES.items()):
        whole = round(value / 10.0**power)
        if 1e5 < abs(whole) < MANTISSA_LIMIT:
            return f"{whole}{prefix}"
    raise ValueError(f"{value:g} is beyond what a script can hold")


def script_number(text: str) -> float:
    """The number that a script's literal stands for; ValueError for other texts."""
    found = re.fullmatch(r"([+-]?\d+)([afpnumkMGTPEi]?)", text)
    if found is None:
        raise ValueError(f"{text!r} is no number of a script")
    whole, prefix = found.groups()
    return float(int(whole)) * 10.0 ** PREFIXES.get(prefix, 0)


def take(buffer: bytes) -> tuple[Answer | None, int]:
    """The first whole answer in `buffer` and how many bytes it used; (None, 0) while incomplete.

    `CorruptLine` where the first line is no answer.
    """
    line, used = take_line(buffer, b"\n")
    if line is None:
        if len(buffer) > LONGEST:
            raise CorruptLine("a line without end")
        return None, 0
    return decode(line.decode("ascii", "backslashreplace")), used


def decode(line: str) -> Answer:
    """The answer in `line`, which has no terminator; `CorruptLine` where it is none."""
    if line == "":
        return Finished()
    if line in ("*", "+", "-"):
        return End(line)
    if line.startswith("P"):
        return package(line)
    if line.startswith("T"):
        return Text(line[1:])
    refused = _REFUSED.fullmatch(line)
    if refused is not None:
        return Refused(refused[1], int(refused[2], 16), refused[3] or "")
    if _BEGIN.fullmatch(line):
        return Begin(line[0])
    raise CorruptLine(f"{line!r} is no line of a script's answer")


def package(line: str) -> Package:
    """The package in `line`, such as `Pda7F85F3Fu;ba48D503Dp,10,288`."""
    if not line.startswith("P") or len(line) > LONGEST:
        raise CorruptLine(f"{line!r} is no package")
    return Package(tuple(_value(text) for text in line[1:].split(";")))


def _value(text: str) -> Value:
    found = _VALUE.fullmatch(text)
    if found is None:
        raise CorruptLine(f"{text!r} is no value of a package")
    kind, digits, prefix, _nan, metadata = found.groups()
    status, place = _metadata(metadata)
    if digits is None:
        return Value(kind, math.nan, status, place)
    power = PREFIXES.get(prefix.strip(), 0)
    whole = int(digits, 16) - OFFSET
    value = whole * 10.0**power if power >= 0 else whole / 10.0**-power
    return Value(kind, value, status, place)


def _metadata(text: str) -> tuple[int, int]:
    """Status and range of a value's metadata; others are passed over."""
    status, place, end = 0, -1, 0
    while end < len(text):
        found = _METADATA.match(text, end)
        if found is None:
            raise CorruptLine(f"{text!r} is no metadata of a value")
        if found[1]:
            status = int(found[1], 16)
        if found[2]:
            place = int(found[2], 16)
        end = found.end()
    return status, place
