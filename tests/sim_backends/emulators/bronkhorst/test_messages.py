from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.bronkhorst.messages import (
    INTEGER,
    STRING,
    Refused,
    Sent,
    Status,
    float_value,
    read_request,
    read_sent,
    string_value,
)


def test_the_chained_request_of_the_manual() -> None:
    # 9.17.027, 3.10.4.
    data = bytes.fromhex("04F1EC7163006D71660001AE0120CF014DF0017F077101710A")
    wanted = read_request(data)
    assert [(w.process, w.number) for w in wanted] == [
        (113, 3), (113, 6), (1, 0), (1, 13), (1, 31), (1, 17),
    ]  # fmt: skip
    assert [w.head.hex() for w in wanted] == ["f1ec", "6d", "01ae", "cf", "f0", "71"]
    assert [w.length for w in wanted] == [0, 0, 2, 4, 7, 10]


def test_the_chained_values_of_the_manual() -> None:
    # 9.17.027, 3.10.2: init reset, the four polynomial constants, init reset again.
    data = bytes.fromhex("01800A4081C500000000C63F800000C7000000004800000000000A52")
    sent = read_sent(data)
    assert [(s.process, s.number, s.kind) for s in sent] == [
        (0, 10, 0), (1, 5, 0x40), (1, 6, 0x40), (1, 7, 0x40), (1, 8, 0x40), (0, 10, 0),
    ]  # fmt: skip
    assert sent[0].value == b"\x40" and sent[-1].value == b"\x52"


def test_a_string_of_no_given_length_ends_with_a_zero() -> None:
    (sent,) = read_sent(bytes.fromhex("0171660054414700"))
    assert sent == Sent(113, 6, STRING, b"TAG", 2)
    assert string_value("TAG", 0) == b"\0TAG\0"
    assert string_value("N2", 4) == b"\x04N2  "


@pytest.mark.parametrize(
    ("data", "status", "position"),
    [
        ("04", Status.PROTOCOL, 1),
        ("04012101", Status.PROTOCOL, 4),
        ("0401210140", Status.TYPE, 4),
        ("040121012000", Status.PROTOCOL, 5),
    ],
)
def test_a_wrong_request_is_refused_where_it_is_wrong(
    data: str, status: Status, position: int
) -> None:
    with pytest.raises(Refused) as refused:
        read_request(bytes.fromhex(data))
    assert (refused.value.status, refused.value.position) == (status, position)


def test_a_cut_value_is_refused() -> None:
    with pytest.raises(Refused):
        read_sent(bytes.fromhex("01012100"))
    with pytest.raises(Refused):
        read_sent(bytes.fromhex("01716600414243"))
    assert read_sent(bytes.fromhex("0101213E80")) == [Sent(1, 1, INTEGER, b"\x3e\x80", 2)]
    assert float_value(1.0).hex() == "3f800000"


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.binary(min_size=1, max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (read_request, read_sent):
        with contextlib.suppress(Refused):
            assert read(data)
