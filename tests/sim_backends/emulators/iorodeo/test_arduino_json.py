from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.iorodeo.arduino_json import (
    is_float,
    is_whole,
    number_text,
    parsed,
    single,
    unsigned,
    written,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (1.0, "1"), (-0.1, "-0.1"), (0.499878, "0.499878"), (-0.000244, "-0.000244"),
        (12.3456789, "12.34568"), (-1234.56789, "-1234.568"), (2e-6, "2e-6"), (3e8, "3e8"),
        (9.9999999, "10"), (float("nan"), "NaN"), (float("-inf"), "-Infinity"),
    ],
)  # fmt: skip
def test_floats_as_the_library_prints_them(value: float, text: str) -> None:
    assert number_text(value) == text


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.floats(-1e6, 1e6, width=32))
def test_six_digits_survive(value: float) -> None:
    assert float(number_text(value)) == pytest.approx(value, rel=1e-6, abs=1e-6)


def test_lines_have_no_spaces() -> None:
    value = {"success": True, "response": {"step": [[100, 0.5]], "n": 3, "s": 'a"b'}}
    text = written(value)
    assert text == '{"success":true,"response":{"step":[[100,0.5]],"n":3,"s":"a\\"b"}}'
    assert json.loads(text) == value


@pytest.mark.parametrize("text", ["", "{", "[1]", "5", "[" * 1500, '{"a":}'])
def test_what_is_no_object(text: str) -> None:
    assert parsed(text) is None


def test_types_of_numbers() -> None:
    assert is_float(3) and is_float(0.5) and not is_float(True) and not is_float("1")
    assert is_whole(-3) and not is_whole(0.5) and not is_whole(False)
    assert unsigned(-1) == 2**32 - 1
    assert single(0.1) == pytest.approx(0.1, rel=1e-7) and single(0.1) != 0.1
    assert single(1e300) == float("inf") and single(10**400) == float("inf")
