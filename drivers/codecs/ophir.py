"""What Ophir meters answer: a star and words, or a question mark and why not.

Ophir "Guide to Programmers" (RS-232 of Nova-II and Vega), and pylablib's Ophir module, whose
author ran a Vega. A text that is not of its form raises `ValueError`; nothing is guessed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

PREFIXES = {"": 1.0, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6}
OVER = "OVER"
_RANGE = re.compile(r"(\d+(?:\.\d*)?)([numkM]?)W", re.ASCII)
_POWER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?", re.ASCII)


class Refused(ValueError):
    """The meter answers with a question mark: it does not know or do what was asked."""


@dataclass(frozen=True)
class Head:
    """A head as `$HI` tells of it: `kind` SI is a photodiode, TH a thermopile, XX is none."""

    kind: str
    serial: str
    name: str


@dataclass(frozen=True)
class Wavelengths:
    """What `$AW` tells: limits of a continuous curve and the wavelength in force, all in nm."""

    low: float
    high: float
    current: float


@dataclass(frozen=True)
class Ranges:
    """What `$AR` tells: the index in use (below 0: automatic), full scales in W from the highest.

    The index counts the full scales from 0.
    """

    index: int
    full_scales: tuple[float, ...]


def body(answer: str) -> str:
    """The answer without its star; `Refused` where the meter refuses."""
    text = answer.strip()
    if text.startswith("?"):
        raise Refused(text[1:].strip() or "refused")
    if not text.startswith("*"):
        raise ValueError(f"{answer!r} begins with no star")
    return text[1:].strip()


def words(answer: str, least: int) -> list[str]:
    """The words of an answer that has at least so many."""
    found = body(answer).split()
    if len(found) < least:
        raise ValueError(f"{answer!r} has fewer than {least} words")
    return found


def power(answer: str) -> float:
    """A power in W; `ValueError` where it is above the range (OVER)."""
    text = body(answer)
    if text.upper() == OVER:
        raise ValueError("the power is beyond the range (OVER)")
    if not _POWER.fullmatch(text):
        raise ValueError(f"{answer!r} is no power")
    return float(text)


def head(answer: str) -> Head:
    """The head in the answer to `$HI`; `ValueError` where none is connected."""
    kind, serial, name, *_ = words(answer, 3)
    if kind.upper() == "XX":
        raise ValueError("no head is connected")
    return Head(kind.upper(), serial, name)


def wavelengths(answer: str) -> Wavelengths:
    """The answer to `$AW`: CONTINUOUS, lowest, highest, index of the one in force from 1, presets.

    `ValueError` for a head that has named lasers (DISCRETE) in place of a curve.
    """
    kind, *rest = words(answer, 2)
    if kind.upper() != "CONTINUOUS":
        raise ValueError(f"{answer!r}: this head has named lasers, no wavelengths to choose from")
    low, high, index, *presets = (int(word) if word.isdecimal() else 0 for word in rest)
    if not 1 <= index <= len(presets) or not 0 < low <= presets[index - 1] <= high:
        raise ValueError(f"{answer!r} tells no wavelength")
    return Wavelengths(low, high, presets[index - 1])


def ranges(answer: str) -> Ranges:
    """The answer to `$AR`: the index in use, then dBm, AUTO and the ranges, such as 30.0mW."""
    index, *rest = words(answer, 2)
    scales = tuple(_full_scale(word) for word in rest if word.upper() not in ("AUTO", "DBM"))
    number = int(index)
    if number >= len(scales) or not scales:
        raise ValueError(f"{answer!r} tells no range")
    return Ranges(number, scales)


def _full_scale(word: str) -> float:
    found = _RANGE.fullmatch(word)
    value = float(found.group(1)) * PREFIXES[found.group(2)] if found else math.nan
    if not value > 0:
        raise ValueError(f"{word!r} is no range in W")
    return value
