"""The line of MT-SICS: commands that end with CR LF, and how answers are written.

Reference manual "MT-SICS for Excellence balances" 11780711 and the operating instructions of AT
and AL-IC balances (commands in capitals, parameters after a blank, CR LF; `S S     100.00 g`).
The weight is right-aligned in ten characters.
"""

from __future__ import annotations

LONGEST = 256
SYNTAX, TRANSMISSION, LOGICAL = "ES", "ET", "EL"
"""Answers to an unknown command, to a garbled one, to one that cannot be executed at all."""

UNITS = {0: ("g", 1.0, 4), 1: ("kg", 1e-3, 7), 3: ("mg", 1e3, 1)}
"""Name, factor to g and decimals by the unit's number in command M21 (remembered)."""


def weight(value: float, unit: int) -> str:
    """`value` in g as ten characters and the unit."""
    name, factor, decimals = UNITS[unit]
    text = f"{value * factor:.{decimals}f}"
    if float(text) == 0.0:
        text = text.removeprefix("-")
    return f"{text:>10} {name}"


def quoted(*texts: str) -> str:
    """Texts in quotation marks, blanks between."""
    return " ".join(f'"{text}"' for text in texts)


class Lines:
    """Commands out of a byte stream that may arrive in any pieces; a line too long is cut off."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """Lines complete with `data`, without their ends."""
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[:LONGEST]
        return [line[:LONGEST].removesuffix(b"\r") for line in lines]

    def clear(self) -> None:
        """Forget half a line."""
        self._rest = b""
