"""SunSpec point types: round trips, values that mean not implemented, scale factors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import sunspec

WORD = st.integers(0, 0xFFFF)
WRITABLE = sorted([*sunspec.INTEGERS, *sunspec.BITFIELDS])
KINDS = sorted([*WRITABLE, *sunspec.FLOATS, sunspec.PAD])


@given(st.sampled_from(sorted(sunspec.INTEGERS)), st.data())
def test_integers_round_trip(kind: str, data: st.DataObject) -> None:
    bits = sunspec.INTEGERS[kind].bits
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1)
    if not sunspec.INTEGERS[kind].signed:
        low, high = 0, (1 << bits) - 1
    if kind == "sunssf":
        low, high = -10, 10
    raw = data.draw(st.integers(low, high))
    if raw in sunspec.INTEGERS[kind].missing:
        with pytest.raises(sunspec.CorruptPoint):
            sunspec.encode(kind, raw)
    else:
        assert sunspec.decode(kind, sunspec.encode(kind, raw)) == raw


@given(st.sampled_from(sorted(sunspec.BITFIELDS)), st.data())
def test_bit_fields_round_trip(kind: str, data: st.DataObject) -> None:
    raw = data.draw(st.integers(0, (1 << 16 * sunspec.BITFIELDS[kind] - 1) - 1))
    assert sunspec.decode(kind, sunspec.encode(kind, raw)) == raw


@given(st.sampled_from(WRITABLE), st.integers())
def test_a_value_that_does_not_fit_is_never_cut(kind: str, raw: int) -> None:
    try:
        words = sunspec.encode(kind, raw)
    except sunspec.CorruptPoint:
        return
    assert len(words) == sunspec.size_of(kind)
    assert kind == "sunssf" or sunspec.decode(kind, words) == raw


@given(st.sampled_from(KINDS), st.data())
def test_any_registers_give_a_value_none_or_a_refusal(kind: str, data: st.DataObject) -> None:
    size = sunspec.size_of(kind)
    words = data.draw(st.lists(WORD, min_size=size, max_size=size))
    try:
        value = sunspec.decode(kind, words)
    except sunspec.CorruptPoint:
        assert kind == "sunssf"
    else:
        assert value is None or isinstance(value, int | float)


@given(st.sampled_from(KINDS), st.lists(WORD, max_size=6))
def test_a_wrong_number_of_registers_is_refused(kind: str, words: list[int]) -> None:
    if len(words) != sunspec.size_of(kind):
        with pytest.raises(sunspec.CorruptPoint):
            sunspec.decode(kind, words)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("int16", [0x8000]),
        ("uint16", [0xFFFF]),
        ("enum16", [0xFFFF]),
        ("bitfield32", [0x8000, 0x0001]),
        ("int32", [0x8000, 0]),
        ("uint32", [0xFFFF, 0xFFFF]),
        ("acc32", [0, 0]),
        ("uint64", [0xFFFF] * 4),
        ("float32", [0x7FC0, 0]),
        ("sunssf", [0x8000]),
        ("string", [0, 0]),
        ("pad", [0x8000]),
    ],
)
def test_not_implemented_is_none(kind: str, words: list[int]) -> None:
    assert sunspec.decode(kind, words) is None


def test_strings_end_with_the_first_nul() -> None:
    assert sunspec.decode("string", [0x4162, 0x6300]) == "Abc"
    assert sunspec.decode("string", [0x4162, 0x2020]) == "Ab"
    with pytest.raises(sunspec.CorruptPoint):
        sunspec.decode("string", [0xFFFE])


@given(st.integers(-32767, 32767), st.sampled_from(list(sunspec.FACTORS)))
def test_scaling_and_back(raw: int, factor: int) -> None:
    assert sunspec.unscaled(sunspec.scaled(raw, factor), factor) == raw


def test_scaling_rounds_once() -> None:
    assert sunspec.scaled(3291, -3) == 3.291
    assert sunspec.scaled(5, 2) == 500.0
    with pytest.raises(sunspec.CorruptPoint):
        sunspec.unscaled(float("nan"), 0)


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(sunspec.CorruptPoint):
        sunspec.size_of("int24")
    with pytest.raises(sunspec.CorruptPoint):
        sunspec.encode("string", 1)
