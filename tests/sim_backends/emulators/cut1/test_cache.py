from __future__ import annotations

import pytest

from sim_backends.emulators.cut1.cache import EMULATOR
from sim_backends.models.software.cache import LearnedCache, RunningCache
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


def program() -> Talk:
    port = RunningCache(LearnedCache(reserve=0.0), 1)
    return Talk(EMULATOR(port, serial="SIM-7", rng=stream(1, "cut1")))


def test_identity_and_an_access() -> None:
    talk = program()
    assert talk.ask("ID?") == "= labctl learned-cache SIM-7 1.0"
    assert talk.ask("CACHE 2") == "OK"
    assert talk.ask("GO 0 a:1:0 a:1:0 b:1:9 b:1:9 b:1:9") == "= 2 a h0 r a h3"
    assert talk.ask("GO 5 c:3:0") == "= 2 r"
    assert talk.emulator.due() is None


def test_a_line_ended_by_crlf_and_two_lines_at_once() -> None:
    talk = program()
    talk.send(b"CACHE 2\r\nGO 0 a:1:0\n")
    assert talk.run(1.0) == b"OK\n= 1 a\n"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("GO 1 a:1:0", "!3 STATE"),
        ("GO 0 a:1:nan", "!2 ARGUMENT"),
        ("GO 0 :1:0", "!2 ARGUMENT"),
        ("GO x a:1:0", "!2 ARGUMENT"),
        ("GO 0 " + " ".join(["a:1:0"] * 1001), "!2 ARGUMENT"),
        ("CACHE 9999999999999", "!4 ROOM"),
        ("CACHE -1", "!2 ARGUMENT"),
        ("go 0 a:1:0", "!1 UNKNOWN"),
        ("", "!1 UNKNOWN"),
        ("ID? ", "!2 ARGUMENT"),
    ],
)
def test_refusals_change_nothing(line: str, answer: str) -> None:
    talk = program()
    assert talk.ask("CACHE 2") == "OK"
    assert talk.ask(line) == answer
    assert talk.ask("GO 0 a:1:0") == "= 1 a"


def test_killed_it_has_no_cache() -> None:
    talk = program()
    assert talk.ask("CACHE 2") == "OK"
    talk.emulator.clear(talk.t)
    assert talk.ask("GO 0 a:1:0") == "!3 STATE"
