from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.palmsens.numbers import PREFIXES, encode, literal
from sim_backends.emulators.palmsens.variables import Variable


@pytest.mark.parametrize(
    ("text", "value"),
    [("500m", (0.5, False)), ("-2", (-2.0, False)), ("10i", (10.0, True)), ("0x1F", (31.0, True)),
     ("0b101", (5.0, True)), ("1M", (1e6, False)), ("1.5", None), ("m", None), ("", None)],
)  # fmt: skip
def test_literals(text: str, value: tuple[float, bool] | None) -> None:
    assert literal(text) == value


def test_the_packages_of_the_manual() -> None:
    # MethodSCRIPT manual, "Measurement data package variables": Pda7F85F3Fu;ba48D503Dp,10,288.
    assert Variable(-0.499905, "da").text == "da7F85F3Fu"
    current = (0x48D503D - 0x8000000) * 1e-12
    assert Variable(current, "ba", status=0, range=0x88).text == "ba48D503Dp,10,288"
    assert Variable(200e3, "dc").text == "dc8030D40 "
    assert Variable(3.0, "ja", integer=True).text == "ja8000003i"
    assert encode(math.nan) == "     nan" and encode(0.0) == "8000000 "


@settings(max_examples=50, derandomize=True)
@given(st.floats(-1e12, 1e12))
def test_a_value_keeps_seven_digits(value: float) -> None:
    text = encode(value)
    back = (int(text[:7], 16) - 0x8000000) * PREFIXES[text[7]]
    assert len(text) == 8 and back == pytest.approx(value, rel=1e-4, abs=1e-17)
