"""Wire grammar of Alicat's ASCII commands (Alicat serial primer, 2023): lines that end with CR.

A line begins with the instrument's letter; `?` alone says that a command was refused. A data frame
has pressure, temperature, volumetric and mass flow, of a controller the set point, with a totalizer
the total, then the gas and what is wrong, if anything is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

REFUSED = "?"

STANDARD_FLOWS = {
    2: 1e-9 / 60,
    3: 1e-6,
    4: 1e-6 / 60,
    5: 1e-6 / 3600,
    6: 1e-3,
    7: 1e-3 / 60,
    8: 1e-3 / 3600,
    11: 1e-6,
    12: 1e-6 / 60,
    13: 1e-6 / 3600,
    14: 1 / 60,
    15: 1 / 3600,
    16: 1 / 86400,
}
"""Codes of units of standard flow (primer, appendix B-1: uL/min to m3/d), in m**3/s."""

NORMAL = 30
"""What the code of a unit of normal flow is above that of standard flow."""

PASCALS = {2: 1.0, 3: 100.0, 4: 1e3, 5: 1e6, 6: 100.0, 7: 1e5, 10: 6894.757}
"""Codes of units of pressure (appendix B-6: Pa, hPa, kPa, MPa, mbar, bar, psi), in Pa."""

CELSIUS = 2
"""Code of degrees Celsius (appendix B-7)."""

GASES = (
    *("Air", "Ar", "CH4", "CO", "CO2", "C2H6", "H2", "He", "N2", "N2O", "Ne", "O2", "C3H8"),
    *("nC4H10", "C2H2", "C2H4", "iC4H10", "Kr", "Xe", "SF6"),
)
"""Short names of the gases 0 to 19 (primer, appendix C)."""

FLAGS = frozenset((
    *("ADC", "COM", "EXH", "GTA", "HLD", "LCK", "MOV"),
    *("OPL", "OVR", "P2O", "POV", "TMF", "TOV", "VOV"),
))
"""What may stand after the gas (primer, status and error codes)."""

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


class Malformed(ValueError):
    """A line that is no answer by the grammar."""


@dataclass(frozen=True)
class Frame:
    """A data frame in the instrument's own units; `setpoint` is None of a meter."""

    pressure: float
    temperature: float
    volumetric: float
    mass: float
    setpoint: float | None
    gas: str
    flags: frozenset[str]


@dataclass(frozen=True)
class Amount:
    """One or two numbers with the code and the name of their unit; `digits` after the point."""

    values: tuple[float, ...]
    digits: int
    code: int
    unit: str


def frame(line: str, letter: str, *, controller: bool) -> Frame:
    """The data frame in `line` of the instrument `letter`; `Malformed` where it is none."""
    words = _words(line, letter)
    count = next((n for n, word in enumerate(words) if not _NUMBER.fullmatch(word)), len(words))
    known = (5, 6) if controller else (4, 5)
    if count not in known or len(words) == count:
        raise Malformed(f"no data frame: {line!r}")
    values, (gas, *flags) = [float(word) for word in words[:count]], words[count:]
    if not FLAGS.issuperset(flags):
        raise Malformed(f"unknown flags in the data frame {line!r}")
    pressure, temperature, volumetric, mass, *more = values
    setpoint = more[0] if controller else None
    return Frame(pressure, temperature, volumetric, mass, setpoint, gas, frozenset(flags))


def amount(line: str, letter: str, count: int) -> Amount:
    """`count` numbers, the code and the name of a unit; `Malformed` where they are not there."""
    words = _words(line, letter)
    numbers, rest = words[:count], words[count:]
    if len(rest) != 2 or not rest[0].isdecimal() or not all(map(_NUMBER.fullmatch, numbers)):
        raise Malformed(f"not {count} numbers with a unit: {line!r}")
    digits = max((len(number.partition(".")[2]) for number in numbers), default=0)
    return Amount(tuple(map(float, numbers)), digits, int(rest[0]), rest[1])


def ramp(line: str, letter: str) -> Amount:
    """What `SR` answers: a number, the code of its unit, the code of the time, unit per time.

    The `code` is that of the time.
    """
    words = _words(line, letter)
    if len(words) != 4:
        raise Malformed(f"no ramp: {line!r}")
    number, _, *rest = words
    return amount(" ".join((letter, number, *rest)), letter, 1)


def numbers(line: str, letter: str) -> tuple[float, ...]:
    """The numbers of a line that has nothing else, one at least."""
    words = _words(line, letter)
    if not words or not all(map(_NUMBER.fullmatch, words)):
        raise Malformed(f"not numbers alone: {line!r}")
    return tuple(map(float, words))


def gas(line: str, letter: str) -> str:
    """The short name of the gas that `GS` answers."""
    words = _words(line, letter)
    if len(words) < 2 or not words[0].isdecimal():
        raise Malformed(f"no gas: {line!r}")
    return words[1]


def labelled(line: str, letter: str, label: str) -> str:
    """What stands after `label` in a line of the manufacturer's data (`??M`)."""
    head, found, value = line.partition(label)
    if not found or _words(head, letter)[:1] != [head.split()[-1]]:
        raise Malformed(f"no {label}: {line!r}")
    return value.strip()


def _words(line: str, letter: str) -> list[str]:
    """The words after the instrument's letter; `Malformed` of another instrument."""
    first, *words = line.split() or [""]
    if first != letter:
        raise Malformed(f"not of the instrument {letter}: {line!r}")
    return words
