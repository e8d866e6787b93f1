"""The Rodeostat's lines: its documentation's examples, round trips, splits, damaged lines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import rodeostat
from drivers.codecs.rodeostat import CorruptLine, End, Reply, Sample

VALUES = st.dictionaries(
    st.sampled_from(["command", "v", "r", "voltRange", "connected"]),
    st.one_of(st.booleans(), st.integers(-1000, 1000), st.text("abcV 0_.", max_size=8)),
)
NUMBERS = st.floats(-1e4, 1e4)


def printed(found: dict[str, Any]) -> bytes:
    return json.dumps(found, separators=(",", ":")).encode("ascii") + b"\r\n"


def sample(t: int, v: float, i: float) -> bytes:
    return printed({"t": t, "v": v, "i": i})


LINES = st.one_of(
    st.just(b"{}\r\n"),
    st.builds(sample, st.integers(0, 10**7), NUMBERS, NUMBERS),
    VALUES.map(lambda values: printed({"success": True, "response": values})),
)


def test_the_documentations_answers() -> None:
    line = b'{"success":true,"response":{"command":"getVolt","v":-0.000244}}\r\n'
    assert rodeostat.decode(line) == Reply(True, "", {"command": "getVolt", "v": -0.000244})
    sample = rodeostat.decode(b'{"t":10980,"v":-1.38,"i":-28.1935}\r\n')
    assert isinstance(sample, Sample)
    assert sample.time == pytest.approx(10.98)
    assert (sample.potential, sample.over) == (-1.38, False)
    assert sample.current == pytest.approx(-28.1935e-6)
    assert rodeostat.decode(b"{}\r\n") == End()


def test_a_refused_command_says_why() -> None:
    line = b'{"success":false,"message":"command, x, not found","response":{}}\r\n'
    assert rodeostat.decode(line) == Reply(False, "command, x, not found", {})


def test_a_command_of_a_whole_block_gets_a_blank() -> None:
    assert rodeostat.encode("getVolt") == b'{"command":"getVolt"}\n'
    lengths = {len(rodeostat.encode("x" * n)) % rodeostat.BLOCK for n in range(130)}
    assert 0 not in lengths


@pytest.mark.parametrize(
    "line",
    [
        b"{}\n",
        b"[]\r\n",
        b"{}",
        b'{"t":1,"v":2}\r\n',
        b'{"t":1,"v":"2","i":3}\r\n',
        b'{"t":1,"v":true,"i":3}\r\n',
        b'{"t":1,"v":0.2 ,"i":3}\r\n',
        b'{"t":1,"v":0.2,"i":3,"le":1}\r\n',
        b'{"t":1,"v":0.2,"i":3,"x":1}\r\n',
        b'{"success":1,"response":{}}\r\n',
        b'{"success":true}\r\n',
        b'{"success":true,"response":{},"x":1}\r\n',
    ],
)
def test_other_lines_are_corrupt(line: bytes) -> None:
    with pytest.raises(CorruptLine):
        rodeostat.decode(line)


def test_a_line_without_end_is_seen() -> None:
    assert rodeostat.line_end(b"x") is None
    with pytest.raises(CorruptLine, match="without end"):
        rodeostat.line_end(b"x" * 2001)


@given(VALUES)
def test_commands_round_trip(values: dict[str, Any]) -> None:
    values.pop("command", None)
    assert json.loads(rodeostat.encode("c", **values)) == {"command": "c", **values}


@given(st.booleans(), VALUES)
def test_replies_round_trip(success: bool, values: dict[str, Any]) -> None:
    line = printed({"success": success, "message": "why", "response": values})
    assert rodeostat.decode(line) == Reply(success, "why", values)


@given(st.integers(0, 10**7), NUMBERS, NUMBERS)
def test_samples_round_trip(t: int, v: float, i: float) -> None:
    assert rodeostat.decode(sample(t, v, i)) == Sample(t * 1e-3, v, i * 1e-6, False)


@given(st.lists(LINES, min_size=1, max_size=5), st.data())
def test_any_split_of_the_stream_gives_the_same_lines(
    lines: list[bytes], data: st.DataObject
) -> None:
    stream = b"".join(lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    buffer, found = b"", []
    for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        buffer += stream[begin:end]
        while buffer and (used := rodeostat.line_end(buffer)) is not None:
            found.append(buffer[:used])
            buffer = buffer[used:]
    assert (found, buffer) == (lines, b"")


@given(st.lists(LINES, max_size=4))
def test_samples_before_an_answer_are_passed_over(lines: list[bytes]) -> None:
    late = [line for line in lines if b"success" not in line]
    answer = b'{"success":true,"response":{"command":"stopTest"}}\r\n'
    stream = b"".join([*late, answer])
    assert rodeostat.reply_end(stream) == len(stream)
    assert rodeostat.reply_end(stream[:-1]) is None


@given(LINES, st.data(), st.sampled_from([0x40, 0x80, 0xFF]))
def test_a_garbled_byte_outside_of_text_is_never_a_value(
    line: bytes, data: st.DataObject, mask: int
) -> None:
    place = data.draw(st.integers(0, len(line) - 1))
    damaged = line[:place] + bytes((line[place] ^ mask,)) + line[place + 1 :]
    if b'"' not in line[max(0, place - 12) : place + 12] or mask != 0x40:
        with pytest.raises(CorruptLine):
            rodeostat.decode(damaged)


@given(LINES, st.data())
def test_half_a_line_is_never_a_value(line: bytes, data: st.DataObject) -> None:
    part = line[: data.draw(st.integers(0, len(line) - 1))]
    assert rodeostat.line_end(part) is None
    with pytest.raises(CorruptLine):
        rodeostat.decode(part)
