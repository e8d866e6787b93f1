"""What Ophir meters answer: a star and words, read or refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import ophir


def test_ranges_from_the_highest() -> None:
    found = ophir.ranges("*1 dBm AUTO 30.0mW 3.00mW 300uW 30.0nW")
    assert found.index == 1
    assert found.full_scales == pytest.approx((30e-3, 3e-3, 300e-6, 30e-9))
    assert ophir.ranges("*-1 dBm AUTO 1.00kW 100W").full_scales == (1000.0, 100.0)


@pytest.mark.parametrize(
    "answer", ["*2 AUTO 30.0mW 3.00mW", "*0 AUTO", "*x 30.0mW", "*0 30.0mJ", "*0 0.0mW", "30.0mW"]
)
def test_what_are_no_ranges(answer: str) -> None:
    with pytest.raises(ValueError):
        ophir.ranges(answer)


def test_a_refusal_says_why() -> None:
    with pytest.raises(ophir.Refused, match="BAD PARAM"):
        ophir.body("?BAD PARAM\r")


def test_the_wavelength_in_force() -> None:
    found = ophir.wavelengths("*CONTINUOUS 350 1100 2 488 635 850 NONE NONE NONE")
    assert (found.low, found.high, found.current) == (350, 1100, 635)


@pytest.mark.parametrize(
    "answer",
    ["*CONTINUOUS 350 1100 3 488 635 NONE", "*CONTINUOUS 350 1100 0 488", "*DISCRETE 1 YAG"],
)
def test_what_tells_no_wavelength(answer: str) -> None:
    with pytest.raises(ValueError):
        ophir.wavelengths(answer)


@given(st.floats(-1e3, 1e3))
def test_powers(value: float) -> None:
    assert ophir.power(f"* {value:.6E}") == pytest.approx(value)
    with pytest.raises(ValueError):
        ophir.power(f"{value:.6E}")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for decode in (ophir.power, ophir.head, ophir.wavelengths, ophir.ranges):
        with contextlib.suppress(ValueError):
            assert decode(text) is not None
            assert text.strip().startswith("*")
