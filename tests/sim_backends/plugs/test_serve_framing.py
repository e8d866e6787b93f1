from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.emulators.modbus_rtu import frame
from sim_backends.plugs.serve_framing import Lines, ModbusGateway, ModbusTcp, Raw
from tests.sim_backends.emulators.talking import pieces


def mbap(transaction: int, unit: int, pdu: bytes) -> bytes:
    return struct.pack(">HHHB", transaction, 0, len(pdu) + 1, unit) + pdu


READ = bytes.fromhex("0300010001")


def test_raw_bytes_pass_as_they_are() -> None:
    raw = Raw()
    assert raw.feed(b"ab") == [b"ab"] and raw.begun(b"ab") == b"ab" and raw.back(b"c") == b"c"
    assert raw.over(answered=False, idle=False) and raw.unanswered() == b""


@given(st.lists(st.binary(max_size=20), max_size=6), st.lists(st.integers(0, 200), max_size=5))
def test_lines_are_whole_however_they_come(parts: list[bytes], cuts: list[int]) -> None:
    data = b"".join(part.replace(b"\n", b"") + b"\n" for part in parts)
    lines = Lines()
    found = [line for piece in pieces(data, cuts) for line in lines.feed(piece)]
    assert b"".join(found) == data and all(line.count(b"\n") == 1 for line in found)


def test_a_line_is_over_when_the_instrument_is_idle() -> None:
    lines = Lines()
    assert lines.over(answered=False, idle=True) and not lines.over(answered=True, idle=False)


def test_a_line_longer_than_any_buffer_goes_on_in_pieces() -> None:
    lines = Lines()
    assert lines.feed(b"x" * 70_000) == [b"x" * 70_000]
    assert lines.feed(b"y\n") == [b"y\n"]


@given(st.lists(st.integers(0, 60), max_size=5))
def test_modbus_requests_are_whole_however_they_come(cuts: list[int]) -> None:
    data = mbap(1, 1, READ) + mbap(2, 7, READ) + mbap(3, 1, READ)[:5]
    framing = ModbusTcp()
    found = [one for piece in pieces(data, cuts) for one in framing.feed(piece)]
    assert found == [mbap(1, 1, READ), mbap(2, 7, READ)]


@pytest.mark.parametrize("header", ["00010001000601", "00010000000101", "0001000000ff01"])
def test_what_is_no_modbus_tcp_is_dropped(header: str) -> None:
    framing = ModbusTcp()
    assert framing.feed(bytes.fromhex(header) + READ) == []
    assert framing.feed(mbap(9, 1, READ)) == [mbap(9, 1, READ)]


def test_a_gateway_translates_both_ways() -> None:
    gateway = ModbusGateway()
    (request,) = gateway.feed(mbap(0x1234, 1, READ))
    assert gateway.begun(request) == frame(b"\x01" + READ)
    assert gateway.back(frame(bytes.fromhex("010302002a"))) == mbap(
        0x1234, 1, bytes.fromhex("0302002a")
    )
    assert gateway.back(frame(bytes.fromhex("018302"))) == mbap(0x1234, 1, bytes.fromhex("8302"))


def test_a_gateway_drops_what_is_no_answer_to_its_request() -> None:
    gateway = ModbusGateway()
    gateway.begun(mbap(1, 1, READ))
    whole = frame(bytes.fromhex("010302002a"))
    assert gateway.back(whole[:-1] + b"\0") == b""
    assert gateway.back(frame(bytes.fromhex("020302002a"))) == b""
    assert gateway.back(frame(bytes.fromhex("010602002a"))) == b""
    assert gateway.back(b"") == b""


def test_a_gateway_says_that_nobody_answered_but_not_to_a_broadcast() -> None:
    gateway = ModbusGateway()
    gateway.begun(mbap(5, 9, READ))
    assert gateway.unanswered() == mbap(5, 9, b"\x83\x0b")
    gateway.begun(mbap(6, 0, READ))
    assert gateway.unanswered() == b""


def test_messages_may_end_otherwise_and_each_client_keeps_its_own_rest() -> None:
    one, other = Lines(b"\n\n#\r\n"), Lines(b"\n\n#\r\n")
    assert one.feed(b"<a>\n<b>\n\n#\r") == []
    assert other.feed(b"<c>\n\n#\r\n") == [b"<c>\n\n#\r\n"]
    assert one.feed(b"\n") == [b"<a>\n<b>\n\n#\r\n"]
