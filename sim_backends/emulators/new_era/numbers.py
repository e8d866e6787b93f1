"""Numbers and units of a New Era pump (NE-1000 user manual, 10.2.1 and 10.4).

A number has at most four digits and one point, at most three digits behind it. It is answered in
five characters. Rates are in uL or mL by minute or hour, volumes in uL or mL.
"""

from __future__ import annotations

import re

RATE_UNITS = {"UM": 1e-9 / 60.0, "MM": 1e-6 / 60.0, "UH": 1e-9 / 3600.0, "MH": 1e-6 / 3600.0}
"""m3/s of one of each."""

VOLUME_UNITS = {"UL": 1e-9, "ML": 1e-6}
"""m3 of one of each."""

LARGEST = 9999.0
_NUMBER = re.compile(r"(?=[\d.]*\d)\d*\.?\d{0,3}", re.ASCII)
_SPLIT = re.compile(r"([\d.]*)([A-Z]*)", re.ASCII)
DIGITS = 4


class OutOfRange(Exception):
    """A number of too many digits, or none at all where one is due."""


def split(text: str) -> tuple[str, str]:
    """The number and the letters that `text` consists of; `OutOfRange` for anything else."""
    found = _SPLIT.fullmatch(text)
    if found is None:
        raise OutOfRange
    return found[1], found[2]


def number(text: str) -> float:
    """The value of `text`; `OutOfRange` for too many digits."""
    if not _NUMBER.fullmatch(text) or len(text.replace(".", "")) > DIGITS:
        raise OutOfRange
    return float(text)


def shown(value: float) -> str:
    """`value` in five characters: four digits and the point."""
    places = 3 if value < 9.9995 else 2 if value < 99.995 else 1 if value < 999.95 else 0
    text = f"{value:.{places}f}"
    return text if places else f"{text}."
