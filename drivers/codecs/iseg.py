"""Wire grammar of iseg modules on a serial line: the echo of each line, then its answer.

Lines end with CR LF. A query is followed by its answer; a setting has none, so `*OPC?` is asked in
the same line and answered with 1 (SCPI protocol common instruction set, serial echo and `*OPC?`).
Numbers carry their unit: `1.234000E3V`.
"""

from __future__ import annotations

import re

END = b"\r\n"
COMPLETE = ";*OPC?"
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?(?:E[+-]?\d+)?)(\D*)", re.ASCII)


class Malformed(ValueError):
    """An answer that is none by the grammar."""


def encode(command: str) -> bytes:
    """A line as it goes over the wire."""
    return command.encode("ascii") + END


def find_answer(came: bytes) -> int | None:
    """How many bytes of `came` hold the echo and one answer, None where more must come."""
    echo = came.find(END)
    end = came.find(END, echo + len(END)) if echo >= 0 else -1
    return None if end < 0 else end + len(END)


def answer(command: str, frame: bytes) -> str:
    """What `command` was answered with; `Malformed` without its echo."""
    echo, _, said = frame.decode("ascii", "backslashreplace").partition(END.decode("ascii"))
    if echo.strip() != command:
        raise Malformed(f"the echo is {echo!r}, sent was {command!r}")
    return said.strip()


def number(text: str, unit: str) -> float:
    """The number of an answer in `unit`; `Malformed` where it is none or has another unit."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or found[2] != unit:
        raise Malformed(f"{text!r} is no number in {unit or 'no unit'}")
    return float(found[1])


def register(text: str) -> int:
    """A status register; `Malformed` where it is no whole number."""
    if not text.isdecimal() or not text.isascii():
        raise Malformed(f"{text!r} is no register")
    return int(text)
