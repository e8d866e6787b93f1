"""SRS RGA texts and currents: the manual's examples, round trips, splits, damaged answers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import srs_rga
from drivers.codecs.srs_rga import CorruptAnswer, Head

TEXTS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60)
COUNTS = st.integers(-(2**31), 2**31 - 1)


def test_the_manuals_forms() -> None:
    assert srs_rga.command("FL", "1.0") == b"FL1.0\r"
    assert srs_rga.command("ID", "?") == b"ID?\r"
    assert srs_rga.identity("SRSRGA200VER0.24SN12345") == Head(200, "0.24", "12345")
    assert srs_rga.integer(srs_rga.text(b"0\n\r")) == 0
    assert srs_rga.number("0.9981") == 0.9981
    assert srs_rga.current(bytes.fromhex("10 27 00 00")) == pytest.approx(1e-12)
    assert srs_rga.current(bytes.fromhex("FF FF FF FF")) == pytest.approx(-1e-16)


@pytest.mark.parametrize(
    "other", ["SRSRGA???VER0.24SN12345", "SRSUGA100VER1.00SN12345", "SRSRGA200VER0.24SN", "", "0"]
)
def test_others_are_no_identity(other: str) -> None:
    with pytest.raises(CorruptAnswer):
        srs_rga.identity(other)


@given(TEXTS)
def test_texts_round_trip(body: str) -> None:
    assert srs_rga.text(body.encode() + srs_rga.END) == body


@given(COUNTS)
def test_currents_round_trip(counts: int) -> None:
    data = counts.to_bytes(4, "little", signed=True)
    assert srs_rga.current(data) == pytest.approx(counts * 1e-16)
    assert srs_rga.current_end(data + b"x") == 4
    assert srs_rga.current_end(data[:3]) is None


@given(st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_any_split_of_the_stream_gives_the_same_texts(
    bodies: list[str], data: st.DataObject
) -> None:
    stream = b"".join(body.encode() + srs_rga.END for body in bodies)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    buffer, found = b"", []
    for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        buffer += stream[begin:end]
        while (used := srs_rga.text_end(buffer)) is not None:
            found.append(srs_rga.text(buffer[:used]))
            buffer = buffer[used:]
    assert (found, buffer) == (bodies, b"")


@given(st.integers(0, 255), st.data())
def test_a_garbled_status_is_a_digit_or_nothing(status: int, data: st.DataObject) -> None:
    answer = f"{status}\n\r".encode()
    place = data.draw(st.integers(0, len(answer) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != answer[place]))
    damaged = answer[:place] + bytes((other,)) + answer[place + 1 :]
    try:
        srs_rga.integer(srs_rga.text(damaged))
    except CorruptAnswer:
        return
    assert re.fullmatch(rb"\d+\n\r", damaged), "no check tells a digit from another"


@given(TEXTS, st.integers(0, 61))
def test_half_a_text_is_never_a_value(body: str, end: int) -> None:
    whole = body.encode() + srs_rga.END
    part = whole[: min(end, len(whole) - 1)]
    assert srs_rga.text_end(part) is None
    with pytest.raises(CorruptAnswer):
        srs_rga.text(part)


@pytest.mark.parametrize("data", [b"", b"123", b"12345"])
def test_a_current_of_another_length_is_corrupt(data: bytes) -> None:
    with pytest.raises(CorruptAnswer):
        srs_rga.current(data)


def test_binary_bytes_are_no_text() -> None:
    with pytest.raises(CorruptAnswer):
        srs_rga.text_end(b"\x01\x02\n\r")
    with pytest.raises(CorruptAnswer):
        srs_rga.number("1e5")
