"""MT-SICS lines: the manual's columns, round trips, splits, damaged lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import sics

NAME = st.sampled_from(["S", "T", "TA"])
STATUS = st.sampled_from([sics.STABLE, sics.DYNAMIC])
NUMBER = st.integers(-99_999_999, 99_999_999).map(lambda counts: f"{counts / 1e4:.4f}")
UNIT = st.sampled_from(sorted(sics.KILOGRAMS))


def test_the_manuals_example() -> None:
    assert sics.weight("S S     100.00 g", "S") == sics.Weight(0.1, True)
    assert sics.line("SI") == b"SI\r\n"
    assert sics.status("Z A", "Z") == sics.DONE
    assert sics.status("S +", "S") == sics.ABOVE
    assert sics.text('I4 A "B021002593"', "I4") == "B021002593"


@given(NAME, STATUS, NUMBER, UNIT)
def test_round_trip(name: str, status: str, number: str, unit: str) -> None:
    found = sics.weight(f"{name} {status} {number:>10} {unit}", name)
    assert found.mass == pytest.approx(float(number) * sics.KILOGRAMS[unit])
    assert found.stable is (status == sics.STABLE)


@given(NAME, STATUS, NUMBER, UNIT, st.integers(0, 16))
def test_a_line_that_lost_a_character_is_never_another_value(
    name: str, status: str, number: str, unit: str, place: int
) -> None:
    line = f"{name} {status} {number:>10} {unit}"
    with pytest.raises(sics.Malformed):
        found = sics.weight(line[:place] + line[place + 1 :], name)
        # A unit may lose its first letter and be another; what stays is no weight in its columns.
        assert place >= len(f"{name} {status} ") + 10
        raise sics.Malformed(str(found))


@pytest.mark.parametrize(
    "line",
    [
        "S S   100.000 g",  # nine columns
        "S S    100.0000 g",  # eleven
        "S S     500.00 ct",
        "S S Error 10b",
        "T S     100.00 g",
        "S I",
        "",
    ],
)
def test_what_is_no_weight(line: str) -> None:
    with pytest.raises(sics.Malformed):
        sics.weight(line, "S")


@given(st.binary(max_size=40), st.binary(max_size=20))
def test_lines_are_found_in_any_split(body: bytes, rest: bytes) -> None:
    line = body.replace(b"\r", b"").replace(b"\n", b"") + sics.TERMINATOR
    for end in range(len(line)):
        assert sics.find_line(line[:end]) is None
    assert sics.find_line(line + rest) == len(line)
    assert sics.text_of(line).isascii()
