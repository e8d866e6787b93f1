"""What the numeric items of a WT310E name, and how their values are printed."""

from __future__ import annotations

from collections.abc import Sequence

from sim_backends.emulators.scpi.errors import ScpiError
from sim_backends.emulators.scpi.values import Numeric, choice, matches
from sim_backends.emulators.yokogawa.wt310e_words import NO_DATA, OVER, block, number

FUNCTIONS = (
    "U", "I", "P", "S", "Q", "LAMBda", "PHI", "FU", "FI", "UPPeak", "UMPeak", "IPPeak", "IMPeak",
    "PPPeak", "PMPeak", "TIME", "WH", "WHP", "WHM", "AH", "AHP", "AHM", "URANge", "IRANge",
)  # fmt: skip
LISTED = ("U", "I", "P", "UHDF", "IHDF", "PHDF")
"""Functions of the list for harmonics."""

Item = tuple[str, ...]
"""Function and element, ("NONE",) for none."""

PRESETS: dict[int, tuple[str, ...]] = {
    1: ("U", "I", "P"),
    2: ("U", "I", "P", "S", "Q", "LAMBda", "PHI", "FU", "FI"),
    3: ("U", "I", "P", "S", "Q", "LAMBda", "PHI", "FU", "FI", "UPPeak", "UMPeak", "IPPeak",
        "IMPeak", "PPPeak", "PMPeak"),
    4: ("U", "I", "P", "S", "Q", "LAMBda", "PHI", "FU", "FI", "TIME", "WH", "WHP", "WHM", "AH",
        "AHP", "AHM"),
}  # fmt: skip
"""Remembered, not compared with the manual."""

_ELEMENT = Numeric(1, 1, 1)


def parse(arguments: Sequence[str], functions: Sequence[str] = FUNCTIONS) -> Item:
    """`NONE` or `<function>[,<element>]`; -222 for an element that a WT310E has not."""
    if matches(arguments[0], "NONE"):
        return ("NONE",)
    name = choice(arguments[0], functions)
    if len(arguments) > 1 and matches(arguments[1], "SIGMA"):
        raise ScpiError(-224, arguments[1])
    element = _ELEMENT.integer(arguments[1]) if len(arguments) > 1 else 1
    return (name, str(element))


def preset(number_: int) -> list[Item]:
    """The items of a preset pattern, element 1."""
    return [(name, "1") for name in PRESETS[number_]]


_FIXED = {"LAMBDA": 1.0, "PHI": 100.0, "UHDF": 100.0, "IHDF": 100.0, "PHDF": 100.0}
_RANGED = {
    "U": ("URANGE",), "UPPEAK": ("URANGE",), "UMPEAK": ("URANGE",),
    "I": ("IRANGE",), "IPPEAK": ("IRANGE",), "IMPEAK": ("IRANGE",),
}  # fmt: skip
_POWERS = ("P", "S", "Q", "PPPEAK", "PMPEAK")
_INTEGRATED = ("WH", "WHP", "WHM", "AH", "AHP", "AHM")


def printed(item: Item, values: dict[str, float]) -> str:
    """The value of `item` in ASCII."""
    name = item[0].upper()
    value = values.get(name, NO_DATA)
    if name == "TIME" and value != NO_DATA:
        return str(round(value))
    if name in _INTEGRATED and value != NO_DATA:
        return number(value, max(abs(value), 1e-3), 6)
    return number(value, _full(name, value, values))


def _full(name: str, value: float, values: dict[str, float]) -> float:
    if name in _POWERS:
        return values["URANGE"] * values["IRANGE"]
    if name in _RANGED:
        return values[_RANGED[name][0]]
    if name in _FIXED:
        return _FIXED[name]
    return abs(value) if value not in (NO_DATA, OVER, 0.0) else 1.0


def answer(items: Sequence[Item], values: dict[str, float], floats: bool) -> str:
    """The values of `items` in order, in ASCII or as a block of floats."""
    if floats:
        return block([values.get(item[0].upper(), NO_DATA) for item in items])
    return ",".join(printed(item, values) for item in items)
