from __future__ import annotations

import struct
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.modbus_rtu import ILLEGAL_ADDRESS, ModbusError, respond
from sim_backends.emulators.modbus_tcp import Framer, Request, frame
from tests.sim_backends.emulators.talking import pieces


class Cells:
    """Ten registers that hold their own address."""

    def __init__(self) -> None:
        self.values = list(range(10))

    def read(self, address: int, count: int) -> Sequence[int]:
        if address + count > 10:
            raise ModbusError(ILLEGAL_ADDRESS)
        return self.values[address : address + count]

    def write(self, address: int, values: Sequence[int]) -> None:
        if address + len(values) > 10:
            raise ModbusError(ILLEGAL_ADDRESS)
        self.values[address : address + len(values)] = values


def test_a_read_of_the_implementation_guide() -> None:
    # Modbus Messaging on TCP/IP Implementation Guide 1.0b, appendix A: transaction 0x1501.
    sent = bytes.fromhex("15 01 00 00 00 06 FF 03 00 04 00 01")
    (request,) = Framer().feed(sent)
    assert request == Request(0x1501, 0xFF, 3, b"\x00\x04\x00\x01")
    reply = respond(request.function, request.content, Cells())
    assert frame(request, reply) == bytes.fromhex("15 01 00 00 00 05 FF 03 02 00 04")


def test_a_header_that_is_none_loses_the_place() -> None:
    framer = Framer()
    assert framer.feed(bytes.fromhex("0001 1234 0006 01 03 0000 0001")) == []
    assert framer.feed(bytes.fromhex("0002 0000 0001 01 03 0000 0001")) == []
    assert len(framer.feed(bytes.fromhex("0003 0000 0006 01 03 0000 0001"))) == 1


REQUESTS = st.builds(
    Request,
    st.integers(0, 65535),
    st.integers(0, 255),
    st.integers(0, 255),
    st.binary(max_size=252),
)


@settings(derandomize=True, max_examples=50)
@given(st.lists(REQUESTS, max_size=4), st.lists(st.integers(0, 1100), max_size=6))
def test_any_split_gives_the_same_requests(requests: list[Request], cuts: list[int]) -> None:
    data = b"".join(frame(each, bytes((each.function,)) + each.content) for each in requests)
    framer = Framer()
    found = [each for piece in pieces(data, cuts) for each in framer.feed(piece)]
    assert found == requests


@settings(derandomize=True, max_examples=200)
@given(st.integers(0, 255), st.binary(max_size=20))
def test_a_request_of_any_content_has_an_answer(function: int, content: bytes) -> None:
    reply = respond(function, content, Cells())
    assert reply[0] in (function, function | 0x80)


def test_wrong_lengths_are_refused() -> None:
    cells = Cells()
    assert respond(3, b"\x00\x00\x00", cells) == b"\x83\x03"
    assert respond(6, b"\x00\x00", cells) == b"\x86\x03"
    assert respond(16, struct.pack(">HHBH", 0, 2, 4, 1), cells) == b"\x90\x03"
    assert respond(16, struct.pack(">HHBH", 3, 1, 2, 77), cells) == b"\x10\x00\x03\x00\x01"
    assert cells.values[3] == 77
