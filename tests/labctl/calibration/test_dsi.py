"""Units of the D-SI in labctl's spelling."""

from __future__ import annotations

import pytest

from labctl.calibration.dsi import PREFIXES, UNITS, UnknownUnit, unit_of
from labctl.units import convert, known


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("\\volt", "V"),
        ("\\milli\\volt", "mV"),
        ("\\degreecelsius", "degC"),
        ("\\one", "dimensionless"),
        ("\\percent", "%"),
        ("\\watt\\per\\metre\\tothe{2}", "W*m**-2"),
        ("\\micro\\metre\\tothe{3}\\per\\second", "um**3*s**-1"),
        ("\\volt\\one", "V"),
    ],
)
def test_spelling(text: str, unit: str) -> None:
    assert unit_of(text) == unit


def test_every_unit_and_every_prefix_is_known_here() -> None:
    assert all(known(unit) for unit in UNITS.values())
    assert all(known(f"{short}V") for short in PREFIXES.values())


def test_an_ohm_in_base_units() -> None:
    text = "\\kilogram\\metre\\tothe{2}\\ampere\\tothe{-2}\\second\\tothe{-3}"
    assert convert(1.0, unit_of(text), "ohm") == pytest.approx(1.0)


@pytest.mark.parametrize(
    "text", ["", "V", "\\Volt", "\\degreeCelsius", "\\kilo", "\\volt\\", "\\metre\\tothe{two}"]
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(UnknownUnit):
        unit_of(text)
