from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.winsen.frames import SILENCE, Framer, check, frame
from tests.sim_backends.emulators.talking import pieces

CONTENT = st.binary(min_size=7, max_size=7)


def test_frames_of_the_manual() -> None:
    # MH-Z19B user's manual 1.5, section 11: read, its answer, self-calibration on and off.
    assert frame(bytes.fromhex("01 86 00 00 00 00 00")).hex() == "ff0186000000000079"
    assert frame(bytes.fromhex("86 02 20 00 00 00 00")).hex() == "ff8602200000000058"
    assert frame(bytes.fromhex("01 79 A0 00 00 00 00")).hex() == "ff0179a000000000e6"
    assert frame(bytes.fromhex("01 79 00 00 00 00 00")).hex() == "ff0179000000000086"


@settings(derandomize=True, max_examples=50)
@given(st.lists(CONTENT, max_size=4), st.lists(st.integers(0, 100), max_size=6))
def test_any_split_gives_the_same_frames(contents: list[bytes], cuts: list[int]) -> None:
    framer = Framer()
    data = b"".join(map(frame, contents))
    found = [content for piece in pieces(data, cuts) for content in framer.feed(piece, 1.0)]
    assert found == contents


@settings(derandomize=True, max_examples=50)
@given(CONTENT, st.integers(1, 7), st.integers(1, 255))
def test_a_changed_byte_is_no_frame(content: bytes, where: int, change: int) -> None:
    data = bytearray(frame(content))
    data[where] ^= change
    assert Framer().feed(bytes(data), 1.0) == []


def test_noise_before_a_frame_is_dropped() -> None:
    content = bytes.fromhex("01860000000000")
    assert Framer().feed(b"\x00\xff\x17" + frame(content), 1.0) == [content]


def test_half_a_frame_is_forgotten_after_a_silence() -> None:
    framer = Framer()
    content = bytes.fromhex("01860000000000")
    assert framer.feed(frame(content)[:4], 1.0) == []
    assert framer.feed(frame(content), 1.1 + SILENCE) == [content]
    assert check(content) == 0x79
