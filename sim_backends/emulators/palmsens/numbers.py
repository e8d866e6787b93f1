"""Numbers of MethodSCRIPT: literals with an SI prefix, and the hexadecimal values of packages.

MethodSCRIPT manual, "SI prefix format" and "Measurement data package variables": a value is seven
hexadecimal digits with an offset of 0x8000000 and the prefix; the finest prefix that fits is taken.
"""

from __future__ import annotations

import math
import re

OFFSET = 0x8000000
PREFIXES = {
    "a": 1e-18, "f": 1e-15, "p": 1e-12, "n": 1e-9, "u": 1e-6, "m": 1e-3, " ": 1.0, "k": 1e3,
    "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
}  # fmt: skip
_INTEGER = "i"
_LITERAL = re.compile(r"([-+]?\d{1,10})([afpnumkMGTPEi]?)\Z", re.ASCII)
_BASED = re.compile(r"0(?:x([0-9A-Fa-f]{1,8})|b([01]{1,32}))i?\Z", re.ASCII)


def literal(text: str) -> tuple[float, bool] | None:
    """(value, is an integer) of `-500m`, `10i`, `0x1F` or `0b101`; None for anything else."""
    based = _BASED.match(text)
    if based:
        return float(int(based[1], 16) if based[1] else int(based[2], 2)), True
    match = _LITERAL.match(text)
    if match is None:
        return None
    if match[2] == _INTEGER:
        return float(match[1]), True
    return int(match[1]) * PREFIXES[match[2] or " "], False


def encode(value: float, integer: bool = False) -> str:
    """Eight characters: seven digits and the prefix; `     nan` for what is no number."""
    if not math.isfinite(value):
        return "     nan"
    if integer:
        return _digits(round(value)) + _INTEGER
    if value == 0.0:
        return _digits(0) + " "
    for prefix, factor in PREFIXES.items():
        raw = round(value / factor)
        if abs(raw) < OFFSET:
            return _digits(raw) + prefix
    return "     nan"


def _digits(raw: int) -> str:
    clipped = max(-OFFSET, min(OFFSET - 1, raw))
    return f"{clipped + OFFSET:07X}"
