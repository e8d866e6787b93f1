from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.bronkhorst.frames import Frame, Framer, encode, encode_error
from tests.sim_backends.emulators.talking import pieces

FRAMES = st.builds(
    Frame,
    st.integers(0, 255),
    st.binary(min_size=1, max_size=40),
    st.one_of(st.none(), st.integers(0, 255)),
)


def test_an_ascii_message_of_the_manual() -> None:
    # 9.17.027, 3.10.1: set point 50 % to node 3.
    (frame,) = Framer().feed(b":06030101213E80\r\n")
    assert frame == Frame(3, bytes.fromhex("0101213E80"))
    assert encode(Frame(3, bytes.fromhex("000005"))) == b":0403000005\r\n"


def test_the_binary_protocol_doubles_dle() -> None:
    # 9.17.027, 3.3.4: DLE STX seq node len data DLE ETX, a data byte 0x10 is sent twice.
    wire = encode(Frame(3, bytes((1, 0x10)), sequence=0x10))
    assert wire.hex() == "1002" + "1010" + "03" + "02" + "01" + "1010" + "1003"
    assert Framer().feed(wire) == [Frame(3, bytes((1, 0x10)), sequence=0x10)]
    assert encode_error(Frame(3, b"", sequence=7), 4).hex() == "1002070300041003"


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.lists(FRAMES, max_size=4), st.lists(st.integers(0, 400), max_size=6))
def test_any_split_gives_the_same_frames(frames: list[Frame], cuts: list[int]) -> None:
    framer = Framer()
    data = b"".join(map(encode, frames))
    found = [frame for piece in pieces(data, cuts) for frame in framer.feed(piece)]
    assert found == frames


@pytest.mark.parametrize(
    ("wire", "error"),
    [
        (b":zz\r\n", 2),
        (b":06\r\n", 3),
        (b":05030101213E80\r\n", 4),
        (b":0603010121xx80\r\n", 4),
        (b":0103\r\n", 4),
        (bytes.fromhex("1002 01 03 05 04 1003"), 4),
    ],
)
def test_a_broken_message_is_told_as_such(wire: bytes, error: int) -> None:
    (frame,) = Framer().feed(wire)
    assert frame.error == error


def test_noise_and_wrong_control_sequences_are_ignored() -> None:
    framer = Framer()
    assert framer.feed(b"hello\r\n" + bytes.fromhex("10 05 10 02 01 03 10 07")) == []
    assert framer.feed(bytes.fromhex("1002 01 1002 02 03 01 04 1003")) == [Frame(3, b"\x04", 2)]
    assert framer.feed(b":0603:0403000005\r\n") == [Frame(3, bytes.fromhex("000005"))]
