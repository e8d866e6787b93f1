"""The Keller bus: printed frames, echo, round trips, splits, damaged frames."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drivers.codecs import keller

ASKED = {30: 1, 31: 5, 32: 1, 33: 2, 48: 0, 69: 0, 73: 1, 95: 5}
"""Bytes of data in the request of each function."""

FUNCTION = st.sampled_from(sorted(keller.ANSWERED))
ADDRESS = st.integers(1, 250)
ECHO = st.booleans()


def binary(size: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """A request, its answer with or without echo, and the data in it."""
    address, function = draw(ADDRESS), draw(FUNCTION)
    asked = keller.request(address, function, draw(binary(ASKED[function])))
    data = draw(binary(keller.ANSWERED[function]))
    answer = keller.request(address, function, data)
    assume(not asked.startswith(answer))
    return asked, (asked if draw(ECHO) else b"") + answer, data


def test_the_manuals_examples() -> None:
    asked = keller.request(250, keller.READ_CHANNEL, b"\x01")
    assert asked == bytes((250, 73, 1, 161, 167))
    data = keller.answer(asked, bytes((250, 73, 63, 109, 186, 172, 0, 26, 27)))
    assert keller.value_of(data) == pytest.approx(0.9286296)
    assert keller.request(250, keller.INITIALISE) == bytes((250, 48, 4, 67))
    assert keller.crc16(bytes((2, 48))) == b"\xc4\x00"


def test_an_error_is_told_by_its_number() -> None:
    asked = keller.request(250, keller.READ_CHANNEL, b"\x01")
    with pytest.raises(keller.Refused) as caught:
        keller.answer(asked, keller.request(250, keller.READ_CHANNEL | keller.EXCEPTION, b"\x20"))
    assert caught.value.code == 32


@pytest.mark.parametrize("head", [(251, 73), (250, 74), (250, 48)])
def test_what_others_were_asked_is_no_answer(head: tuple[int, int]) -> None:
    asked = keller.request(250, keller.READ_CHANNEL, b"\x01")
    with pytest.raises(keller.CorruptFrame):
        keller.answer(asked, keller.request(*head, b"\0\0\0\0\0"))


@given(exchanges())
def test_round_trip_with_and_without_echo(exchange: tuple[bytes, bytes, bytes]) -> None:
    asked, frame, data = exchange
    assert keller.answer(asked, frame) == data


@given(exchanges(), st.data())
def test_any_split_of_the_stream_gives_the_same_frame(
    exchange: tuple[bytes, bytes, bytes], data: st.DataObject
) -> None:
    asked, frame, _ = exchange
    find = keller.finder(asked)
    for end in range(1, len(frame)):
        assert find(frame[:end]) is None
    rest = data.draw(st.binary(max_size=4))
    assert find(frame + rest) == len(frame)


@given(exchanges(), st.data())
def test_a_wrong_byte_is_never_a_value(
    exchange: tuple[bytes, bytes, bytes], data: st.DataObject
) -> None:
    asked, frame, _ = exchange
    place = data.draw(st.integers(0, len(frame) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != frame[place]))
    damaged = frame[:place] + bytes((other,)) + frame[place + 1 :]
    with pytest.raises(ValueError):
        keller.answer(asked, damaged)


@given(st.floats(width=32, allow_nan=False))
def test_numbers(value: float) -> None:
    assert keller.value_of(keller.number(value)) == value
