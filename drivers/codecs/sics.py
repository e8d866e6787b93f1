"""Wire grammar of MT-SICS (reference manual "MT-SICS interface commands", chapter 2): lines.

A line ends with CR LF. An answer with a weight has four columns: the command, a status, ten
characters of a number flush right, a unit. One without a weight has the command, a status and
texts in quotes. `ES`, `ET`, `EL` stand alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drivers.codecs.framing import take_line

TERMINATOR = b"\r\n"
STABLE, DYNAMIC, DONE, BUSY, MORE = "S", "D", "A", "I", "B"
ABOVE, BELOW = "+", "-"
SYNTAX, TRANSMISSION, LOGIC = "ES", "ET", "EL"

KILOGRAMS = {"kg": 1.0, "g": 1e-3, "mg": 1e-6, "ug": 1e-9, "t": 1e3}
"""What one of each unit is in kg; others (ct, lb, oz ...) are not taken."""

_WEIGHT = re.compile(r"([A-Z]+) ([SDA]) ( *-?\d+\.?\d*) (\S+) *")
_COLUMNS = 10
_TEXT = re.compile(r'([A-Z]\w*) A "([^"]*)"')
_STATUS = re.compile(r"([A-Z]\w*) ([-+A-Z])")


class Malformed(ValueError):
    """A line that is no answer by the grammar."""


@dataclass(frozen=True)
class Weight:
    """A weight as answered: `mass` in kg, and whether it was `stable`."""

    mass: float
    stable: bool


def line(command: str) -> bytes:
    """`command` as it goes over the line."""
    return command.encode("ascii") + TERMINATOR


def find_line(came: bytes) -> int | None:
    """How many bytes of `came` make its first line, None where more must come."""
    return take_line(came, TERMINATOR)[1] or None


def text_of(frame: bytes) -> str:
    """The line in `frame`, without its end; bytes beyond ASCII stand as escapes."""
    return frame.removesuffix(TERMINATOR).decode("ascii", "backslashreplace")


def weight(answer: str, name: str) -> Weight:
    """The weight in an `answer` to the command `name`; `Malformed` where it has none.

    A wrong count of columns or a unit that is no mass is malformed as well.
    """
    found = _WEIGHT.fullmatch(answer)
    if found is None or found[1] != name or len(found[3]) != _COLUMNS:
        raise Malformed(f"no weight in the manual's columns: {answer!r}")
    if found[4] not in KILOGRAMS:
        raise Malformed(f"{found[4]!r} is none of the units {', '.join(KILOGRAMS)}")
    return Weight(float(found[3]) * KILOGRAMS[found[4]], found[2] != DYNAMIC)


def status(answer: str, name: str) -> str | None:
    """The status of an `answer` to `name` that has nothing else: `A`, `B`, `I`, `L`, `+`, `-`."""
    found = _STATUS.fullmatch(answer)
    return found[2] if found is not None and found[1] == name else None


def text(answer: str, name: str) -> str:
    """The text in quotes of an `answer` to `name`; `Malformed` where there is none."""
    found = _TEXT.fullmatch(answer)
    if found is None or found[1] != name:
        raise Malformed(f"no text that answers {name}: {answer!r}")
    return found[2]


def is_text(answer: str, name: str) -> bool:
    """Whether `answer` is a text that answers `name`."""
    found = _TEXT.fullmatch(answer)
    return found is not None and found[1] == name
