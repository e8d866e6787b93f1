from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.modbus_rtu import (
    ILLEGAL_ADDRESS,
    Framer,
    ModbusError,
    answer,
    crc16,
    frame,
)
from tests.sim_backends.emulators.talking import pieces


class Cells:
    def __init__(self) -> None:
        self.words = list(range(200))

    def read(self, address: int, count: int) -> Sequence[int]:
        if address + count > len(self.words):
            raise ModbusError(ILLEGAL_ADDRESS)
        return self.words[address : address + count]

    def write(self, address: int, values: Sequence[int]) -> None:
        if address + len(values) > len(self.words):
            raise ModbusError(ILLEGAL_ADDRESS)
        self.words[address : address + len(values)] = values


def test_check_of_the_printed_example() -> None:
    # Modbus over Serial Line 1.02, section 6.2.2: message 02 07 has the CRC 41 12 (low, high).
    assert frame(b"\x02\x07") == b"\x02\x07\x41\x12"
    assert crc16(b"123456789") == 0x4B37


@pytest.mark.parametrize(
    ("request_", "reply"),
    [
        ("01 03 00 01 00 02", "01 03 04 00 01 00 02"),
        ("01 04 00 05 00 01", "01 04 02 00 05"),
        ("01 06 00 0A 12 34", "01 06 00 0A 12 34"),
        ("01 10 00 00 00 02 04 00 07 00 08", "01 10 00 00 00 02"),
        ("01 08 00 00 A5 37", "01 08 00 00 A5 37"),
        ("01 08 00 01 00 00", "01 88 01"),
        ("01 11", "01 91 01"),
        ("01 03 00 C8 00 01", "01 83 02"),
        ("01 03 00 00 00 00", "01 83 03"),
        ("01 03 00 00 00 7E", "01 83 03"),
        ("01 10 00 00 00 02 02 00 07", "01 90 03"),
        ("00 06 00 00 00 01", ""),
    ],
)
def test_requests(request_: str, reply: str) -> None:
    found = Framer(1).feed(frame(bytes.fromhex(request_)), 0.0)
    assert found == [bytes.fromhex(request_)]
    given_ = answer(found[0], Cells())
    assert given_ == (frame(bytes.fromhex(reply)) if reply else b"")


def test_requests_to_others_and_broken_frames_get_no_answer() -> None:
    framer = Framer(1)
    assert framer.feed(frame(bytes.fromhex("020300010001")), 0.0) == []
    broken = bytearray(frame(bytes.fromhex("010300010001")))
    broken[3] ^= 1
    assert framer.feed(bytes(broken), 0.0) == []
    assert framer.feed(frame(bytes.fromhex("010300010001")), 1.0) == [bytes.fromhex("010300010001")]


def test_half_a_frame_is_dropped_after_a_silence() -> None:
    framer, request = Framer(1), bytes.fromhex("010300010001")
    assert framer.feed(b"\x01\x10\x00", 0.0) == []
    assert framer.feed(frame(request), 1.0) == [request]


TEXTS = ("010300010001", "0110000000020400070008", "0111", "010600010002")
FRAMES = [bytes.fromhex(text) for text in TEXTS]


@settings(max_examples=50, derandomize=True)
@given(st.lists(st.sampled_from(range(4)), max_size=6), st.lists(st.integers(0, 90), max_size=9))
def test_any_split_gives_the_same_requests(order: list[int], cuts: list[int]) -> None:
    data = b"".join(frame(FRAMES[i]) for i in order)
    split = Framer(1)
    found = [request for piece in pieces(data, cuts) for request in split.feed(piece, 0.0)]
    assert found == Framer(1).feed(data, 0.0) == [FRAMES[i] for i in order]


def test_random_bytes_never_break_it() -> None:
    dice, framer, cells = random.Random(6), Framer(1), Cells()
    for number in range(2000):
        data = dice.randbytes(dice.randrange(1, 20))
        for request in framer.feed(data if number % 2 else frame(b"\x01" + data), number * 0.01):
            answer(request, cells)
    framer.clear()
    assert framer.feed(frame(FRAMES[0]), 1e6) == [FRAMES[0]]
