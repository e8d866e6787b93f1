"""Winsen's frames: the manual's examples, round trips, splits, damaged frames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import winsen

CODE = st.integers(0, 255)
DATA = st.binary(min_size=winsen.ANSWER_DATA, max_size=winsen.ANSWER_DATA)


def framed(code: int, data: bytes) -> bytes:
    body = bytes((code,)) + data
    return b"\xff" + body + bytes((winsen.check(body),))


ANSWER = st.builds(framed, CODE, DATA)


def test_the_manuals_examples() -> None:
    assert winsen.command(0x86) == bytes.fromhex("FF 01 86 00 00 00 00 00 79")
    assert winsen.command(0x79, b"\xa0") == bytes.fromhex("FF 01 79 A0 00 00 00 00 E6")
    code, data = winsen.answer(bytes.fromhex("FF 86 02 20 00 00 00 00 58"))
    assert (code, int.from_bytes(data[:2], "big")) == (0x86, 544)


def test_too_much_data_is_refused() -> None:
    with pytest.raises(ValueError, match="5 bytes"):
        winsen.command(0x86, b"123456")


@given(CODE, DATA)
def test_round_trip(code: int, data: bytes) -> None:
    assert winsen.answer(framed(code, data)) == (code, data)


@given(CODE, st.binary(max_size=winsen.COMMAND_DATA))
def test_a_command_is_a_frame(code: int, data: bytes) -> None:
    frame = winsen.command(code, data)
    assert winsen.frame_length(frame) == winsen.LENGTH
    assert frame[1:3] == bytes((winsen.SENSOR, code))
    assert frame[3:8].startswith(data)


@given(st.lists(ANSWER, min_size=1, max_size=4), st.data())
def test_any_split_of_the_stream_gives_the_same_frames(
    frames: list[bytes], data: st.DataObject
) -> None:
    stream = b"".join(frames)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    buffer, found = b"", []
    for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        buffer += stream[begin:end]
        while (used := winsen.frame_length(buffer)) is not None:
            found.append(buffer[:used])
            buffer = buffer[used:]
    assert (found, buffer) == (frames, b"")


@given(ANSWER, st.data())
def test_a_wrong_byte_is_never_a_value(frame: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(frame) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != frame[place]))
    damaged = frame[:place] + bytes((other,)) + frame[place + 1 :]
    with pytest.raises(winsen.CorruptFrame):
        winsen.answer(damaged)


@given(ANSWER, st.integers(0, winsen.LENGTH - 1))
def test_half_a_frame_is_never_a_value(frame: bytes, end: int) -> None:
    assert winsen.frame_length(frame[:end]) is None
    with pytest.raises(winsen.CorruptFrame):
        winsen.answer(frame[:end])
