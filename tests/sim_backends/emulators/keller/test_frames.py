from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.emulators import modbus_rtu as rtu
from sim_backends.emulators.keller.frames import SILENCE, Framer, check, frame

PRINTED = (
    "250 73 1 161 167",
    "250 73 63 109 186 172 0 26 27",
    "1 73 1 80 214",
    "1 73 63 109 177 83 0 231 97",
    "1 73 2 81 150",
    "250 73 4 162 103",
    "1 73 4 83 22",
    "250 48 4 67",
    "1 48 52 0",
)
"""Frames of pages 17 and 18 of the protocol description."""


@pytest.mark.parametrize("text", PRINTED)
def test_checks_of_printed_frames(text: str) -> None:
    data = bytes(int(byte) for byte in text.split())
    assert check(data[:-2]) == data[-2:]
    (request,) = Framer().feed(data, 0.0)
    assert (request.data, request.modbus) == (data[:-2], False)


@given(cut=st.integers(0, 8), content=st.binary(max_size=6))
def test_a_frame_in_two_pieces(cut: int, content: bytes) -> None:
    data = frame(b"\x01\x5f" + content)
    framer = Framer()
    found = framer.feed(data[:cut], 0.0) + framer.feed(data[cut:], 0.01)
    assert [request.data for request in found][:1] == [data[:-2]]


def test_the_order_of_the_check_tells_the_protocols_apart() -> None:
    content = bytes((1, 3, 0, 2, 0, 2))
    assert Framer().feed(rtu.frame(content), 0.0)[0].modbus
    assert not Framer().feed(frame(content), 0.0)[0].modbus


def test_half_a_frame_is_forgotten_after_a_silence() -> None:
    framer, data = Framer(), frame(bytes((1, 48)))
    assert framer.feed(data[:2], 0.0) == []
    (request,) = framer.feed(data, 2 * SILENCE)
    assert request.function == 48


def test_noise_without_end_is_dropped() -> None:
    framer = Framer()
    for _ in range(10):
        framer.feed(b"\x55\xaa" * 25, 0.0)
    framer.clear()
    assert len(framer.feed(frame(bytes((1, 69))), 0.01)) == 1
