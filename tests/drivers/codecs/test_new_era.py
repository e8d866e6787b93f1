from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.codecs import new_era as codec


def test_answers() -> None:
    found = codec.answer(b"\x0200SNE1000V3.928\x03", 0)
    assert (found.status, found.alarm, found.data, found.error) == ("S", "", "NE1000V3.928", None)
    alarm = codec.answer(b"\x0207A?R\x03", 7)
    assert (alarm.status, alarm.alarm) == ("", "R")
    assert codec.answer(b"\x0200S?OOR\x03", 0).error == "OOR"
    assert codec.answer(b"noise\x0200I\x03", 0).status == "I"


@pytest.mark.parametrize(
    "frame", [b"", b"00S\x03", b"\x0200\x03", b"\x0200Z\x03", b"\x02\xff0S\x03"]
)
def test_what_is_no_answer(frame: bytes) -> None:
    with pytest.raises(codec.Malformed):
        codec.answer(frame, 0)


def test_another_pump() -> None:
    with pytest.raises(codec.Malformed, match="pump 3"):
        codec.answer(b"\x0203S\x03", 0)


def test_an_answer_ends_with_its_mark() -> None:
    assert codec.find_answer(b"\x0200S") is None
    assert codec.find_answer(b"\x0200S\x03\x02") == 5


def test_volumes() -> None:
    assert codec.dispensed("I12.50W2.500UL") == pytest.approx((12.5e-9, 2.5e-9))
    for text in ("I1W2", "IW.ML", "I1.W2.XL", ""):
        with pytest.raises(codec.Malformed):
            codec.dispensed(text)


@settings(max_examples=50, derandomize=True)
@given(st.floats(1e-3, 9999.0))
def test_numbers_have_four_digits_at_most(value: float) -> None:
    text = codec.number(value)
    assert len(text.replace(".", "")) <= 4
    assert math.isclose(float(text), value, abs_tol=max(5.1e-4, 0.6e-3 * value))


@settings(max_examples=50, derandomize=True)
@given(st.floats(1e-14, 1e-4))
def test_a_rate_keeps_its_value_in_the_unit_with_most_digits(rate: float) -> None:
    text, unit = codec.in_units(rate, codec.RATES)
    resolution = max(5.1e-4 * codec.RATES[unit], 6e-4 * rate)
    assert math.isclose(float(text) * codec.RATES[unit], rate, abs_tol=resolution)


def test_beyond_all_units() -> None:
    with pytest.raises(codec.Malformed):
        codec.in_units(1.0, codec.RATES)
    with pytest.raises(codec.Malformed):
        codec.number(12345.0)
    with pytest.raises(codec.Malformed):
        codec.quantity("X")
