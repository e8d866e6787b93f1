from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.emulators.mettler_toledo.line import LONGEST, Lines, quoted, weight


@pytest.mark.parametrize(
    ("grams", "unit", "text"),
    [
        (100.0, 0, "  100.0000 g"),
        (-0.00001, 0, "    0.0000 g"),
        (-12.3456, 0, "  -12.3456 g"),
        (100.0, 1, " 0.1000000 kg"),
        (0.1234, 3, "     123.4 mg"),
    ],
)
def test_a_weight_has_ten_characters_and_a_unit(grams: float, unit: int, text: str) -> None:
    assert weight(grams, unit) == text


def test_texts_are_quoted() -> None:
    assert quoted("01", "2.30") == '"01" "2.30"'


@given(cut=st.integers(0, 12))
def test_lines_come_in_any_pieces(cut: int) -> None:
    lines, data = Lines(), b"S\r\nSI\nTAC\r\nI"
    assert lines.feed(data[:cut]) + lines.feed(data[cut:]) == [b"S", b"SI", b"TAC"]
    assert lines.feed(b"4\n") == [b"I4"]


def test_a_line_without_end_is_cut() -> None:
    lines = Lines()
    assert lines.feed(b"x" * 1000) == []
    (line,) = lines.feed(b"\n")
    assert len(line) <= LONGEST
    lines.feed(b"half")
    lines.clear()
    assert lines.feed(b"S\r\n") == [b"S"]
