from __future__ import annotations

import pytest

from sim_backends.emulators.cut1.index import EMULATOR
from sim_backends.models.software.index import ContentIndex, RunningIndex
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


def program(**parts: float) -> Talk:
    index = ContentIndex(**{"strength": 99.0, "wrong": 0.0, "scatter": 0.0, **parts})
    return Talk(EMULATOR(RunningIndex(index, 1), serial="SIM-7", rng=stream(1, "cut1")))


def test_what_is_similar_is_found() -> None:
    talk = program()
    assert talk.ask("INDEX 16") == "OK"
    assert talk.ask("ADD 0 00ff ff00") == "= 2"
    assert talk.ask("ADD 2 00FE") == "= 3"
    assert talk.ask("FIND 3 00ff FF03 aaaa") == "= 0,2 1 -"


def test_its_work_takes_its_time() -> None:
    times = list[float]()
    for seconds in (1e-4, 3e-4):
        talk = program(seconds=seconds)
        talk.ask("INDEX 16")
        talk.ask("ADD 0 00ff")
        began = talk.t
        talk.ask("FIND 1 " + " ".join(["00ff"] * 100))
        times.append(talk.t - began)
    assert times[1] - times[0] == pytest.approx(100 * 2e-4)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("FIND 1 00ff", "!3 STATE"),
        ("FIND 0 0ff", "!2 ARGUMENT"),
        ("FIND 0 00fg", "!2 ARGUMENT"),
        ("ADD x 00ff", "!2 ARGUMENT"),
        ("ADD 0", "!2 ARGUMENT"),
        ("INDEX 8000", "!4 ROOM"),
        ("CACHE 5", "!1 UNKNOWN"),
    ],
)
def test_refusals_change_nothing(line: str, answer: str) -> None:
    talk = program()
    assert talk.ask("INDEX 16") == "OK"
    assert talk.ask(line) == answer
    assert talk.ask("ADD 0 00ff") == "= 1"


def test_killed_it_holds_nothing() -> None:
    talk = program()
    talk.ask("INDEX 16")
    talk.emulator.clear(talk.t)
    assert talk.ask("ADD 0 00ff") == "!3 STATE"
