"""Wire grammar of a Digimatic gauge behind an input tool that is a serial port.

A line of data ends with CR: `01A`, the sign, eight characters of a number with its point
(Mitutoyo QM-Height user's manual 99MAF600B, 6.2.2 "USB data output specifications": code 0,
channel 1, item A). Millimetres have four decimals at most and inches more whole places less: the
line names no unit. An error is `91` and a digit (remembered: MUX-10F multiplexer).
"""

from __future__ import annotations

import re

from drivers.codecs.framing import take_line

TERMINATOR = b"\r"
REQUEST = b"1\r"
"""Channel 1 is asked for its value, as a third party's program asks a virtual port."""

_DATA = re.compile(r"01A([+-][0-9. ]{8})")
_NUMBER = re.compile(r"[+-]\d+\.?\d*")
_ERROR = re.compile(r"91\d")

MILLIMETRE_DECIMALS = 3
"""Decimals of a gauge in mm at most; those of one in inches are four or five."""


class Malformed(ValueError):
    """A line that is no answer by the grammar."""


class NoData(Malformed):
    """The input tool answers, the gauge does not."""


def find_line(came: bytes) -> int | None:
    """How many bytes of `came` make its first line, None where more must come."""
    return take_line(came, TERMINATOR)[1] or None


def text_of(frame: bytes) -> str:
    """The line in `frame`, without its end; bytes beyond ASCII stand as escapes."""
    return frame.removesuffix(TERMINATOR).decode("ascii", "backslashreplace")


def metres(answer: str) -> float:
    """The length in m; `NoData` for an error, `Malformed` for what is none or is in inches."""
    if _ERROR.fullmatch(answer):
        raise NoData(f"the gauge gives no data (error {answer})")
    found = _DATA.fullmatch(answer)
    number = found and _NUMBER.fullmatch(found[1])
    if not number:
        raise Malformed(f"no line of data: {answer!r}")
    if len(number[0].partition(".")[2]) > MILLIMETRE_DECIMALS:
        raise Malformed(f"the gauge is set to inches: {answer!r}")
    return float(number[0]) * 1e-3
