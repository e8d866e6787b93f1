"""MethodSCRIPT: numbers, lines and packages; a line that is not of its form is never a value."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import methodscript as ms

MAKERS = "Pda7F85F3Fu;ba48D503Dp,10,288"
whole = st.integers(-(1 << 27), (1 << 27) - 1)
prefixes = st.sampled_from("afpnum kMGTPE")


def encoded(kind: str, number: int, prefix: str, metadata: str = "") -> str:
    return f"{kind}{number + ms.OFFSET:07X}{prefix}{metadata}"


def test_the_makers_own_packages() -> None:
    values = ms.package(MAKERS).values
    assert [value.kind for value in values] == ["da", "ba"]
    assert values[0].value == pytest.approx(-0.499905)
    assert values[1].value == pytest.approx(-57.8478e-6, rel=1e-4)
    assert (values[1].status, values[1].range) == (0, 0x88)
    assert (values[0].range, values[0].overloaded) == (-1, False)
    values = ms.package("PdcDF5DFF4u;cc896D904m,10,287;cd82DB1A8u,10,287").values
    assert [value.value for value in values] == pytest.approx(
        [99.999732, 9885.956, 2.9946], rel=1e-9
    )
    values = ms.package("Pda84E63DAn;ba82AB973f,14,284").values
    assert values[0].value == pytest.approx(0.005137, rel=1e-3)
    assert values[1].value == pytest.approx(2.8e-9, rel=1e-2)
    assert values[1].status == ms.UNDERLOAD


@given(st.lists(st.tuples(whole, prefixes), min_size=1, max_size=4), st.integers(0, 15))
def test_packages_round_trip(numbers: list[tuple[int, str]], status: int) -> None:
    line = "P" + ";".join(encoded("ba", n, prefix, f",1{status:X},20A") for n, prefix in numbers)
    values = ms.package(line).values
    for value, (number, prefix) in zip(values, numbers, strict=True):
        expected = number * 10.0 ** ms.PREFIXES[prefix.strip()]
        assert value.value == pytest.approx(expected, rel=1e-12)
        assert (value.status, value.range) == (status, 10)
        assert value.overloaded == bool(status & 2)


def test_none_is_nan_and_nothing_else_is() -> None:
    (value,) = ms.package("Pba     nan,12,20A").values
    assert math.isnan(value.value) and value.overloaded


@given(st.integers(0, len(MAKERS) - 1), st.characters(min_codepoint=1, max_codepoint=255))
def test_a_wrong_character_is_refused_or_another_whole_value(place: int, wrong: str) -> None:
    """No check sum guards the digits; all else is refused, and no value is ever not a number."""
    line = MAKERS[:place] + wrong + MAKERS[place + 1 :]
    try:
        answer = ms.decode(line)
    except ms.CorruptLine:
        return
    if isinstance(answer, ms.Package):
        assert all(math.isfinite(value.value) for value in answer.values)
        assert wrong in "0123456789ABCDEFafpnumkMGTPEi ,;" or wrong.islower()


@given(st.integers(0, len(MAKERS) - 1))
def test_a_truncated_package_keeps_no_part_of_its_last_value(cut: int) -> None:
    try:
        answer = ms.decode(MAKERS[:cut])
    except ms.CorruptLine:
        return
    assert isinstance(answer, ms.Finished | ms.Package)
    if isinstance(answer, ms.Package):
        whole_values = ms.package(MAKERS).values
        for value, true in zip(answer.values, whole_values, strict=False):
            assert value.value == true.value


@given(st.text(max_size=60))
def test_any_line_is_an_answer_or_corrupt(text: str) -> None:
    try:
        ms.decode(text)
    except ms.CorruptLine:
        return


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("", ms.Finished()),
        ("M0007", ms.Begin("M")),
        ("C0000", ms.Begin("C")),
        ("L", ms.Begin("L")),
        ("*", ms.End("*")),
        ("-", ms.End("-")),
        ("Thello", ms.Text("hello")),
        ("e!4001: Line 3, Col 5", ms.Refused("e", 0x4001, "Line 3, Col 5")),
        ("!0014: Line 6", ms.Refused("", 0x14, "Line 6")),
        ("Z!0006", ms.Refused("Z", 6, "")),
    ],
)
def test_lines(line: str, answer: ms.Answer) -> None:
    assert ms.decode(line) == answer


@pytest.mark.parametrize(
    "line",
    [
        *("P", "Pda", "Pda7F85F3F", "Pda7f85f3fu", "Pda7F85F3Fx", "Pda7F85F3Fu;", "PDA7F85F3Fu"),
        *("Pda7F85F3Fu,1", "Pda7F85F3Fu,1X", "Pda7F85F3Fu,28", "M007", "X", "e!401", "**"),
        "P" * 600,
    ],
)
def test_what_is_no_line(line: str) -> None:
    with pytest.raises(ms.CorruptLine):
        ms.decode(line)


@given(st.lists(st.sampled_from([MAKERS, "M0007", "*", ""]), min_size=1), st.data())
def test_a_stream_at_any_split(lines: list[str], data: st.DataObject) -> None:
    stream = "".join(line + "\n" for line in lines).encode("ascii")
    cut = data.draw(st.integers(0, len(stream)))
    buffer, found = b"", []
    for piece in (stream[:cut], stream[cut:]):
        buffer += piece
        while True:
            answer, used = ms.take(buffer)
            if answer is None:
                break
            found.append(answer)
            buffer = buffer[used:]
    assert buffer == b""
    assert found == [ms.decode(line) for line in lines]


def test_a_line_without_end_is_given_up() -> None:
    assert ms.take(b"P" * 100) == (None, 0)
    with pytest.raises(ms.CorruptLine):
        ms.take(b"P" * 501)


@given(st.floats(1e-9, 1e9), st.sampled_from([-1.0, 1.0]))
def test_literals_round_trip(size: float, sign: float) -> None:
    text = ms.literal(sign * size)
    assert ms.script_number(text) == pytest.approx(sign * size, rel=1e-5)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((0.1, "100m"), (0, "0"), (200e3, "200k"), (-0.5, "-500m"), (2, "2"), (1e-9, "1n")),
        *((0.0005, "500u"), (1.5, "1500m"), (1e6, "1M")),
    ],
)
def test_literals_as_people_write_them(value: float, text: str) -> None:
    assert ms.literal(value) == text


@pytest.mark.parametrize("value", [math.nan, math.inf, 1e40, 1e-40])
def test_what_no_script_can_hold(value: float) -> None:
    with pytest.raises(ValueError):
        ms.literal(value)
