"""Units and gases as a Bronkhorst controller spells them, and numbers that check each other.

A unit with `n` is of the normal state, 0 degC and 101325 Pa, one with `s` of 20 degC and 101325 Pa
(document 9.17.023). Units of mass need the gas's density, which no part of the protocol tells.
"""

from __future__ import annotations

from collections.abc import Mapping

from drivers.bronkhorst._parameters import FULL, LARGEST, WRAP

STANDARD = 273.15 / 293.15
"""Volume of the normal state in one of the standard state of 20 degC."""

LITRE, HOUR, MINUTE = 1e-3, 3600.0, 60.0

VOLUMES: Mapping[str, float] = {
    "mln": 1e-3 * LITRE,
    "ln": LITRE,
    "m3n": 1.0,
    "mls": 1e-3 * LITRE * STANDARD,
    "ls": LITRE * STANDARD,
    "m3s": STANDARD,
}
"""m**3 (0 degC, 101325 Pa) in a counter unit."""

FLOWS: Mapping[str, float] = {
    f"{unit}/{time}": volume / seconds
    for unit, volume in VOLUMES.items()
    for time, seconds in (("min", MINUTE), ("h", HOUR))
}
"""m**3/s (0 degC, 101325 Pa) in a capacity unit."""

FORMULAS: Mapping[str, str] = {
    name.upper(): name
    for name in (
        *("N2", "O2", "H2", "CO2", "CO", "Ar", "He", "Ne", "Kr", "Xe", "NH3", "N2O", "NO"),
        *(
            "CH4",
            "C2H2",
            "C2H4",
            "C2H6",
            "C3H6",
            "C3H8",
            "C4H10",
            "SF6",
            "CF4",
            "H2S",
            "SO2",
            "HCl",
        ),
        "Air",
    )
}
"""Gases by the name of their fluid set in capitals."""

STEPS, MOMENT = 1.5 / FULL, 2e-3
"""How far the float of a set point, and of a flow, may be from its integer: parts of the capacity.
A flow moves between its two readings; what it may differ by is twice the sheet's part of full
scale."""


class Disagreeing(ValueError):
    """Numbers of one answer that cannot all be true."""


def agreed(raw: int, value: float, capacity: float, within: float) -> float:
    """`value` in the capacity unit, which the integer `raw` of the same quantity confirms."""
    if raw == LARGEST:
        raise Disagreeing("the flow is beyond what the instrument can show")
    part = (raw if raw <= LARGEST else raw - WRAP) / FULL
    if not capacity > 0 or not abs(value - part * capacity) <= within * capacity:
        raise Disagreeing(f"{value:g} is not {100 * part:.2f} % of {capacity:g}")
    return value


def same(one: float, other: float) -> float:
    """A number that was asked for twice in one message; it may have moved a little in between."""
    if not abs(one - other) <= 1e-3 * max(abs(one), abs(other)) + 1e-9:
        raise Disagreeing(f"{one:g} and {other:g} were told in one answer")
    return one


def factor(units: Mapping[str, float], unit: str) -> float:
    """What one `unit` is in SI; `Disagreeing` for one that is none of `units`."""
    if unit not in units:
        raise Disagreeing(f"{unit!r} is none of {', '.join(units)}")
    return units[unit]
