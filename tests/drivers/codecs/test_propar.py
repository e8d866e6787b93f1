"""ProPar frames: the manual's printed examples, round trips, splits, damaged frames."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import propar
from drivers.codecs.propar import Parameter, Status, Value

SERIAL, TAG = Parameter(113, 3, "string"), Parameter(113, 6, "string")
MEASURE, SETPOINT = Parameter(1, 0, "integer"), Parameter(1, 1, "integer")
CAPACITY, UNIT = Parameter(1, 13, "float"), Parameter(1, 31, "string")
COUNTER = Parameter(104, 1, "float")

BYTE = st.integers(0, 255)
FRAME = st.builds(propar.frame, BYTE, BYTE, st.binary(min_size=1, max_size=255))
KINDS: tuple[propar.Kind, ...] = ("char", "integer", "long", "float", "string")
TEXT = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=12)
VALUES: dict[propar.Kind, st.SearchStrategy[Value]] = {
    "char": BYTE,
    "integer": st.integers(0, 0xFFFF),
    "long": st.integers(0, 0xFFFF_FFFF),
    "float": st.floats(width=32, allow_nan=False),
    "string": TEXT,
}


def parameters(kind: propar.Kind) -> st.SearchStrategy[Parameter]:
    return st.builds(Parameter, st.integers(0, 0x7F), st.integers(0, 31), st.just(kind))


PAIR = st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(parameters(kind), VALUES[kind]))
PAIRS = st.lists(PAIR, min_size=1, max_size=8)


def answered(pairs: list[tuple[Parameter, Value]]) -> bytes:
    """The answer of an instrument: the request's heads with values, written down here anew."""
    out, before = bytearray((2,)), -1
    for place, (one, value) in enumerate(pairs):
        later = [other for other, _ in pairs[place + 1 :]]
        if one.process != before:
            more = any(other.process != one.process for other in later)
            out.append(one.process | (0x80 if more else 0))
        before = one.process
        same = bool(later) and later[0].process == one.process
        out.append(
            place | {"char": 0, "integer": 0x20, "string": 0x60}.get(one.kind, 0x40) | same << 7
        )
        if isinstance(value, str):
            out += bytes((len(value),)) + value.encode() + (b"" if value else b"\0")
        else:
            out += struct.pack(propar.FORMATS[one.kind], value)
    return bytes(out)


def test_the_manuals_requests() -> None:
    assert propar.read([Parameter(1, 1, "integer")]).hex() == "0401200121"
    chain = propar.read([SERIAL, TAG, MEASURE])
    assert chain.hex() == "04f1e0716300617166000122" + "0120"


def test_the_manuals_answers() -> None:
    body = bytes.fromhex("02 01 20 3E 80")
    assert propar.answer(body, [SETPOINT]) == [16000]
    counter = propar.answer(bytes.fromhex("02 68 40 45 9C FF AE"), [COUNTER])
    assert counter == [pytest.approx(5023.96, abs=0.01)]
    whole = (
        "02F1E0004D36323132333435410061005553455254414700" + "01A21CD8C33F80000064076D6C6E2F6D696E"
    )
    wanted = [SERIAL, TAG, MEASURE, CAPACITY, UNIT]
    found = propar.answer(bytes.fromhex(whole), wanted)
    assert found == ["M6212345A", "USERTAG", 7384, 1.0, "mln/min"]


def test_the_manuals_status() -> None:
    assert propar.status(bytes.fromhex("00 00 1C")) == Status(0)
    assert propar.status(bytes.fromhex("00 04 03")).text == "parameter error"
    assert propar.answer(b"\x09", [MEASURE]) == Status(9)


def test_a_setting_is_written_with_acknowledge() -> None:
    assert propar.write(SETPOINT, 16000).hex() == "0101213e80"
    assert propar.write(UNIT, "ln/min").hex() == "01017f06" + b"ln/min".hex()


@pytest.mark.parametrize("count", [0, 33])
def test_too_few_or_many_parameters_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 32"):
        propar.read([MEASURE] * count)


@given(BYTE, BYTE, st.binary(min_size=1, max_size=255))
def test_frames_round_trip(sequence: int, node: int, data: bytes) -> None:
    one = propar.frame(sequence, node, data)
    assert propar.unframed(one) == (sequence, node, data)


@given(PAIRS)
def test_values_round_trip(pairs: list[tuple[Parameter, Value]]) -> None:
    found = propar.answer(answered(pairs), [one for one, _ in pairs])
    assert found == [value for _, value in pairs]


@given(st.lists(FRAME, min_size=1, max_size=4), st.data())
def test_any_split_of_the_stream_gives_the_same_frames(
    frames: list[bytes], data: st.DataObject
) -> None:
    stream = b"".join(frames)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    buffer, found = b"", []
    for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        buffer += stream[begin:end]
        while buffer and (used := propar.frame_end(buffer)) is not None:
            found.append(buffer[:used])
            buffer = buffer[used:]
    assert (found, buffer) == (frames, b"")


@given(FRAME, BYTE, BYTE)
def test_a_late_answer_is_passed_over(late: bytes, sequence: int, node: int) -> None:
    wanted = propar.frame(sequence, node, b"\x00\x00\x05")
    find = propar.answer_end(sequence, node)
    if propar.unframed(late)[:2] == (sequence, node):
        assert find(late + wanted) == len(late)
    else:
        assert find(late) is None
        assert find(late + wanted) == len(late) + len(wanted)
        assert propar.last_frame(late + wanted) == wanted


@given(PAIRS, st.data())
def test_a_missing_or_an_additional_byte_is_never_a_value(
    pairs: list[tuple[Parameter, Value]], data: st.DataObject
) -> None:
    one = propar.frame(7, 0x80, answered(pairs))
    place = data.draw(st.integers(0, len(one) - 1))
    added = bytes((data.draw(BYTE),))
    for damaged in (one[:place] + one[place + 1 :], one[:place] + added + one[place:]):
        if damaged != one:
            assert read_as(damaged, pairs) is None


@given(PAIRS, st.data())
def test_a_byte_that_is_no_value_cannot_change_unseen(
    pairs: list[tuple[Parameter, Value]], data: st.DataObject
) -> None:
    """Header, heads of processes and indices: whatever they become, no value is read."""
    pairs = [(one, 0 if one.kind != "string" else "x") for one, _ in pairs]
    body = answered(pairs)
    one = propar.frame(7, 0x80, body)
    place = data.draw(st.integers(0, len(one) - 1))
    other = data.draw(BYTE.filter(lambda byte: byte != one[place]))
    damaged = one[:place] + bytes((other,)) + one[place + 1 :]
    found = read_as(damaged, pairs)
    if found is not None:
        assert len(found) == len(pairs)
        assert sum(a != b for a, (_, b) in zip(found, pairs, strict=True)) <= 1


def read_as(stream: bytes, pairs: list[tuple[Parameter, Value]]) -> list[Value] | None:
    """What a driver would read out of `stream`; None where it reads no value."""
    try:
        end = propar.answer_end(7, 0x80)(stream)
        if end is None:
            return None
        _, _, data = propar.unframed(propar.last_frame(stream[:end]))
        found = propar.answer(data, [one for one, _ in pairs])
    except propar.CorruptFrame:
        return None
    return None if isinstance(found, Status) else found
