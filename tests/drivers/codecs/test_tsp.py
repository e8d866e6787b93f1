"""What TSP instruments print: numbers, truth values, error entries; nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import tsp

finite = st.floats(-9e37, 9e37, allow_nan=False)


@given(st.lists(finite, min_size=1, max_size=4))
def test_numbers_round_trip(values: list[float]) -> None:
    assert tsp.numbers("\t".join(f"{value:.17e}" for value in values)) == values


@pytest.mark.parametrize(
    "text", ["", "nil", "nan", "inf", "9.91000e+37", "-9.91e+37", "1.0\t", "\t1.0", "true", "1,2"]
)
def test_what_is_no_measured_number(text: str) -> None:
    with pytest.raises(tsp.TspError):
        tsp.numbers(text)


@given(st.text(max_size=20))
def test_any_text_is_numbers_or_refused(text: str) -> None:
    try:
        values = tsp.numbers(text)
    except tsp.TspError:
        return
    assert all(abs(value) < 9.9e37 for value in values)


def test_one_number_and_whole_numbers() -> None:
    assert tsp.number("1.50000e+00") == 1.5
    assert tsp.whole("2.00000e+00") == 2
    for text in ("1.0\t2.0", "1.5", "1e400"):
        with pytest.raises(tsp.TspError):
            tsp.whole(text)


def test_truth_values() -> None:
    assert tsp.truth("true") and not tsp.truth("false\r")
    for text in ("", "1", "True", "nil", "true\tfalse"):
        with pytest.raises(tsp.TspError):
            tsp.truth(text)


@given(st.integers(-9999, 9999), st.text(st.characters(min_codepoint=33, max_codepoint=126)))
def test_error_entries_round_trip(code: int, text: str) -> None:
    entry = tsp.error_entry(f"{code:.5e}\t{text}\t2.00000e+01\t1.00000e+00")
    assert entry == (code, text)


@pytest.mark.parametrize("text", ["", "0", "nil\tx", "0\ta\tb\tc\td", "1.5\tx"])
def test_other_texts_are_no_error_entries(text: str) -> None:
    with pytest.raises(tsp.TspError):
        tsp.error_entry(text)
