"""Units: conversion at the edge, by pint with the units of the indicator map.

pint is imported when two spellings differ for the first time. `data/units.txt` is the block of
units of the map's format: each line defines a name that plain pint does not know. `dB` and `dBm`
are plain numbers, each a dimension of its own, never converted into anything but themselves.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from labctl.errors import UnitError, UsageError

DEFINITIONS = Path(__file__).parent / "data" / "units.txt"
LEVELS = frozenset({"dB", "dBm"})
TEMPERATURES = frozenset({"degC", "degF", "K", "kelvin"})
DIGITS = 15
"""Significant digits kept of a converted value, free of the binary noise of the factor."""

DECISIVE = 13
"""Significant digits in which a converted value or a sum of limits may decide."""


def convert(value: float, unit: str, to: str) -> float:
    """`value` in `unit` as a value in `to`; degC and degF have their zero point.

    A converted value is rounded to 15 significant digits. `UnitError` names both units.
    """
    if unit == to:
        return value
    factor, offset = _affine(unit, to)
    return _rounded(value * factor + offset, DIGITS)


def convert_difference(value: float, unit: str, to: str) -> float:
    """A difference in `unit` as a difference in `to`: 1 degC is 1 K.

    For uncertainties, tolerances and deviations. `UnitError` names both units.
    """
    if unit == to:
        return value
    return _rounded(value * _affine(unit, to)[0], DIGITS)


def seconds(text: str) -> float:
    """A duration as people write it (`30min`, `1.5 h`) in s; `UsageError` where it is none."""
    found = re.fullmatch(r"\s*([0-9.]+(?:[eE][-+]?[0-9]+)?)\s*([A-Za-z]+)\s*", text)
    try:
        if found is None:
            raise UnitError(f"{text!r} is no number with a unit")
        return convert(float(found[1]), found[2], "s")
    except (UnitError, ValueError) as error:
        raise UsageError(f"not a duration: {text!r}", remedy="write 90s, 30min or 2h") from error


def same_dimension(unit: str, other: str) -> bool:
    """Whether the two units measure the same kind of quantity; `UnitError` on an unknown unit."""
    return unit == other or _dimension(unit) == _dimension(other)


def known(unit: str) -> bool:
    """Whether the text is a unit."""
    try:
        _parsed(unit)
    except UnitError:
        return False
    return True


def is_level(unit: str) -> bool:
    """Whether the unit is a level in dB or dBm."""
    return unit in LEVELS


def is_temperature(unit: str) -> bool:
    """Whether the unit is that of a temperature."""
    return unit in TEMPERATURES


def is_count(unit: str) -> bool:
    """Whether the unit names something that is counted in whole numbers (`cyc`, `channel`)."""
    return unit in _countable()


@cache
def _lines() -> tuple[str, ...]:
    return tuple(DEFINITIONS.read_text(encoding="utf-8").splitlines())


@cache
def _countable() -> frozenset[str]:
    start = next(i for i, line in enumerate(_lines()) if line.startswith("# countable"))
    return frozenset(line.split("=")[0].strip() for line in _lines()[start + 1 :] if "=" in line)


@cache
def _registry() -> Any:
    import pint

    registry = cast(Any, pint.UnitRegistry())
    for line in _lines():
        definition = line.split("#")[0].strip()
        if definition:
            registry.define(definition)
    for level in sorted(LEVELS):
        registry.define(f"plain_{level} = [plain_{level}]")
    return registry


def _text(unit: str) -> str:
    """The unit as the registry spells it: dB and dBm are not pint's logarithmic units."""
    return re.sub(r"\b(dBm|dB)\b", r"plain_\1", unit)


@lru_cache(maxsize=512)
def _parsed(unit: str) -> Any:
    """The registry's unit; pint and its tokenizer raise many types for text that is no unit."""
    if not unit.strip():
        raise UnitError("a unit is missing", remedy="write dimensionless where there is none")
    try:
        return _registry().parse_units(_text(unit))
    except Exception as error:
        raise UnitError(f"unknown unit {unit!r}: {error}") from error


def _dimension(unit: str) -> dict[str, float]:
    return dict(_parsed(unit).dimensionality)


@lru_cache(maxsize=512)
def _affine(unit: str, to: str) -> tuple[float, float]:
    """Factor and offset of the conversion."""
    if not same_dimension(unit, to):
        raise UnitError(f"{unit!r} cannot be converted to {to!r}: the dimensions differ")
    registry = _registry()
    offset = float(registry.Quantity(0.0, _parsed(unit)).to(_parsed(to)).magnitude)
    steps = (_parsed(_difference(unit)), _parsed(_difference(to)))
    return float(registry.Quantity(1.0, steps[0]).to(steps[1]).magnitude), offset


def _difference(unit: str) -> str:
    return f"delta_{unit}" if unit in ("degC", "degF") else unit


def trimmed(value: float) -> float:
    """`value` at 13 significant digits: what is left of it when two roundings are between."""
    return _rounded(value, DECISIVE)


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")
