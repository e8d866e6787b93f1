from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labctl.errors import BenchError
from sim_backends.emulators.modbus_rtu import frame
from sim_backends.emulators.replay import RegisterReplay, replay
from sim_backends.emulators.trace_file import load, parse
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces, sealed


def text(kind: str, *transactions: dict[str, Any]) -> str:
    header = {"trace": 1, "kind": kind, "address": "tcp://x:1", "t": 0.0, "utc": 0.0}
    common = {"t": 0.0, "took": 0.25, "received": None}
    lines = [header, *({**common, **each} for each in transactions)]
    return "".join(json.dumps(line) + "\n" for line in lines)


def talk(kind: str, *transactions: dict[str, Any]) -> Talk:
    trace = parse(text(kind, *transactions), "t.jsonl")
    return Talk(replay(trace, serial="SIM-0", rng=stream(1, "replay")))


MESSAGES = (
    {"op": "query", "sent": "*IDN?", "received": "ACME,M1,AB-77,1.0"},
    {"op": "write", "sent": ":OUTP ON"},
    {"op": "query", "sent": ":READ?", "received": None, "error": {"kind": "link", "message": ""}},
    {"op": "resync", "sent": None},
    {"op": "query", "sent": ":READ?", "received": "+1.5"},
    {"op": "query", "sent": "SN?", "received": "AB-77"},
)


def test_messages_in_their_order_with_their_durations() -> None:
    host = talk("message", *MESSAGES)
    assert host.ask("*IDN?") == "ACME,M1,SIM-AB-77,1.0" and host.t == 0.25
    host.say(":OUTP ON")
    assert host.ask(":READ?", patience=2.0) == ""
    assert host.ask(":READ?") == "+1.5"
    assert host.ask("SN?") == "SIM-AB-77"
    with pytest.raises(BenchError, match="'SN\\?' where the trace ends, after 5 transactions"):
        host.say("SN?")


def test_a_block_of_bytes_comes_as_it_came() -> None:
    block = b"#3256" + bytes(range(256))
    host = talk("message", {"op": "query", "sent": ":DATA?", "received": block.decode("latin-1")})
    assert host.answer(b":DATA?\n") == block + b"\n"


def test_anything_else_is_an_error_that_names_what_comes_next() -> None:
    host = talk("message", *MESSAGES)
    with pytest.raises(BenchError) as caught:
        host.say(":READ?")
    assert caught.value.message == (
        "t.jsonl: asked for ':READ?' where the trace has query '*IDN?', after 0 transactions"
    )
    assert host.ask("*IDN?").startswith("ACME")


def test_lines_end_as_they_did() -> None:
    header = {"trace": 1, "kind": "message", "ends": ["\r", "\r\n"]}
    asked = {"op": "query", "sent": "V?", "received": "1.5", "took": 0.1}
    trace = parse(json.dumps(header) + "\n" + json.dumps(asked) + "\n", "t.jsonl")
    host = Talk(replay(trace, serial="SIM-0", rng=stream(1, "replay")))
    host.send(b"\rV?\r")
    assert host.run(1.0) == b"1.5\r\n"


@settings(derandomize=True, max_examples=30)
@given(st.lists(st.integers(0, 40), max_size=6))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    host = talk("message", *MESSAGES)
    for piece in pieces(b"*IDN?\r\n:OUTP ON\n", cuts):
        host.send(piece)
    assert host.run(1.0) == b"ACME,M1,SIM-AB-77,1.0\n"


def test_a_checked_identity_stays_right() -> None:
    question = sealed("ID?").decode("ascii").rstrip("\n")
    answer = sealed("= labctl,LLP-SOL1,42,1.0").decode("ascii").rstrip("\n")
    host = talk("message", {"op": "query", "sent": question, "received": answer})
    assert host.answer(sealed("ID?")).rstrip(b"\n") == (
        sealed("= labctl,LLP-SOL1,SIM-42,1.0").rstrip(b"\n")
    )


def test_bytes() -> None:
    host = talk(
        "bytes",
        {"op": "exchange", "sent": "ff 01 86", "received": "ff 86 02"},
        {"op": "write", "sent": "ff 01 79"},
        {"op": "read_until", "sent": None, "received": "aa"},
    )
    host.send(b"\xff\x01")
    assert host.run(1.0) == b""
    host.send(b"\x86")
    assert host.run(2.0) == b"\xff\x86\x02"
    with pytest.raises(BenchError, match="asked for 'ff 02' where the trace has write"):
        host.send(b"\xff\x02")
    host.send(b"\xff\x01\x79")
    assert host.run(3.0) == b"\xaa"


REGISTERS = (
    {"op": "read_holding", "sent": [564, 4], "received": [0x3132, 0x3334, 0x2020, 0x2020]},
    {"op": "write_registers", "sent": [10, 7]},
    {
        "op": "read_input",
        "sent": [1, 1],
        "error": {"kind": "instrument", "message": "", "answer": "2"},
    },
    {"op": "read_holding", "sent": [1, 1], "error": {"kind": "link", "message": ""}},
    {"op": "read_holding", "sent": [1, 1], "received": [9]},
)


def test_registers() -> None:
    trace = parse(text("register", *REGISTERS), "t.jsonl")
    host = Talk(RegisterReplay(trace, serial_at=(564, 4)))

    def call(*content: int) -> bytes:
        return host.answer(frame(bytes((1, *content))), patience=2.0)[1:-2]

    assert call(3, *struct.pack(">HH", 564, 4))[2:] == b"SIM-1234"
    assert call(6, *struct.pack(">HH", 10, 7)) == struct.pack(">BHH", 6, 10, 7)
    assert call(4, 0, 1, 0, 1) == b"\x84\x02"
    assert call(3, 0, 1, 0, 1) == b""
    with pytest.raises(BenchError, match=r"asked for \[9, 1\] where the trace has read_holding"):
        call(3, 0, 9, 0, 1)
    assert call(3, 0, 1, 0, 1) == b"\x03\x02\x00\x09"


def test_a_file_that_was_cut_off_is_read_up_to_the_line_before(tmp_path: Path) -> None:
    path = tmp_path / "meter.jsonl"
    path.write_text(text("message", *MESSAGES)[:-10], encoding="utf-8")
    assert len(load(path).transactions) == 4


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "no header"),
        ('{"op": "query"}\n', ":1: a transaction before"),
        ("{\n", ":1: no JSON"),
        ('{"trace": 2}\n', "version 2"),
        ('{"trace": 1, "kind": "message", "ends": ["", 1]}\n', "ends of lines"),
        ('{"trace": 1, "kind": "message"}\n{"op": "query"}\n', ":2: no transaction"),
        ('{"trace": 1, "kind": "message"}\n{"trace": 1, "kind": "bytes"}\n', ":2: a link"),
    ],
)
def test_what_is_no_trace(content: str, part: str) -> None:
    with pytest.raises(BenchError) as caught:
        parse(content, "t.jsonl")
    assert part in str(caught.value)


def test_kinds_that_cannot_be_replayed() -> None:
    with pytest.raises(BenchError, match="topic"):
        talk("topic")
    with pytest.raises(BenchError, match="cannot be read"):
        load(Path("missing.jsonl"))
