"""Lines of a Digimatic gauge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs.digimatic import Malformed, NoData, find_line, metres


@given(st.integers(min_value=-9_999_999, max_value=9_999_999))
def test_every_length_of_two_decimals_is_read(hundredths: int) -> None:
    sign, number = "-" if hundredths < 0 else "+", f"{abs(hundredths) / 100:08.2f}"
    assert metres(f"01A{sign}{number}") == pytest.approx(hundredths * 1e-5, abs=1e-12)


@pytest.mark.parametrize(
    "line", ["", "01A+00025.0", "02A+00025.00", "01A+000.1234", "01A+00 25.00"]
)
def test_what_is_no_length_in_mm_is_refused(line: str) -> None:
    with pytest.raises(Malformed):
        metres(line)


def test_an_error_of_the_tool_is_told_apart() -> None:
    with pytest.raises(NoData, match="911"):
        metres("911")


def test_a_line_ends_with_its_terminator() -> None:
    assert find_line(b"01A+00025.00") is None
    assert find_line(b"01A+00025.00\r01A") == 13
