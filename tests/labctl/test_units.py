from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.catalogue import load
from labctl.errors import UnitError
from labctl.units import (
    convert,
    convert_difference,
    is_count,
    is_level,
    is_temperature,
    known,
    same_dimension,
    trimmed,
)
from tests.labctl.judged import brisk


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (1.5, "W", "mW", 1500.0),
        (3.6e6, "J", "kW*h", 1.0),
        (0.07, "dimensionless", "%", 7.0),
        (25.0, "degC", "K", 298.15),
        (300.0, "K", "degC", 26.85),
        (212.0, "degF", "degC", 100.0),
        (1.0, "month", "d", 30.4375),
        (10.0, "dB/cm", "dB/mm", 1.0),
        (2.0, "TOPS/W", "operation/J", 2e12),
        (60.0, "Nm3/h", "m**3/min", 1.0),
        (1.0, "GB", "Mbit", 8000.0),
        (4.0, "inch", "mm", 101.6),
        (1.0, "GPU", "mol/(m**2*s*Pa)", 3.3464e-10),
    ],
)
def test_convert(value: float, unit: str, to: str, expected: float) -> None:
    assert convert(value, unit, to) == expected


def test_a_difference_of_temperatures_has_no_zero_point() -> None:
    assert convert_difference(2.0, "degC", "K") == 2.0
    assert convert_difference(2.0, "K", "degC") == 2.0
    assert convert_difference(9.0, "degF", "K") == 5.0
    assert convert_difference(1.0, "V", "mV") == 1000.0


def test_levels_are_plain_numbers() -> None:
    assert convert(-3.0, "dBm", "dBm") == -3.0
    for other in ("mW", "dB", "dimensionless"):
        with pytest.raises(UnitError, match="dBm"):
            convert(0.0, "dBm", other)


@pytest.mark.parametrize(("unit", "to"), [("W", "V"), ("cyc", "deg"), ("cyc", "channel")])
def test_an_error_names_both_units(unit: str, to: str) -> None:
    with pytest.raises(UnitError) as caught:
        convert(1.0, unit, to)
    assert repr(unit) in str(caught.value)
    assert repr(to) in str(caught.value)


@pytest.mark.parametrize("text", ["", " ", "foo", "5 W", "W)", "W**", "__import__('os')"])
def test_text_that_is_no_unit(text: str) -> None:
    assert not known(text)
    with pytest.raises(UnitError):
        convert(1.0, text, "W")


def test_kinds_of_units() -> None:
    assert same_dimension("mA*h/g", "C/kg")
    assert not same_dimension("degC", "%")
    assert is_count("cyc")
    assert is_count("channel")
    assert not is_count("C_rate")
    assert is_level("dBm")
    assert is_temperature("degC")
    assert not is_temperature("K/min")


def test_every_unit_of_the_map_is_known() -> None:
    units = {row.unit for i in load() for row in (*i.criteria, *i.conditions) if row.unit}
    assert len(units) > 150
    assert [unit for unit in units if not known(unit)] == []


def test_equal_spellings_need_no_pint() -> None:
    code = (
        "import sys; from labctl.units import convert; convert(1.0, 'W', 'W');"
        "sys.exit('pint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@brisk
@given(
    st.integers(-(10**6), 10**6),
    st.sampled_from([("W", "kW"), ("degC", "K"), ("%", "dimensionless"), ("h", "s"), ("eV", "J")]),
)
def test_there_and_back(thousandths: int, units: tuple[str, str]) -> None:
    value, (unit, to) = thousandths / 1000, units
    back = convert(convert(value, unit, to), to, unit)
    assert back == pytest.approx(value, rel=1e-12, abs=1e-9)


def test_rounding_leaves_no_binary_noise() -> None:
    assert convert(0.07, "dimensionless", "%") == 7.0
    assert trimmed(0.07 * 100) == 7.0
    assert trimmed(1 / 3) == 0.3333333333333
