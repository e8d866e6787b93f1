from __future__ import annotations

import pytest

from sim_backends.emulators.llp.nail1 import EMULATOR
from sim_backends.models.reference.nail_block import NailBlock
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


def press(seed: int = 1) -> tuple[Talk, NailBlock]:
    block = NailBlock(1e5, -0.02)
    return Talk(EMULATOR(block, serial="SIM-7", rng=stream(seed, "nail1"))), block


def asked(talk: Talk, *commands: str) -> list[str]:
    return [talk.llp(command) for command in commands]


def test_power_on() -> None:
    talk, _ = press()
    assert talk.llp("ID?") == "= labctl LLP-NAIL1 SIM-7 1.0"
    settings = asked(talk, "SPEED?", "DEPTH?", "LIMIT?", "POS?")
    assert settings == ["= 25.00", "= 20.00", "= 5000.0", "= -20.00"]
    assert asked(talk, "RUN?", "DOOR?", "TRIP?") == ["= 0", "= 1", "= 0"]
    assert talk.llp("CONTACT?") == "= 0 0.000 0.000" and talk.llp("FORCE?").endswith(" 0.0")
    assert talk.emulator.due() is None


def test_a_stroke_ends_where_the_encoder_reads_the_depth_and_the_nail_stays() -> None:
    for seed in range(10):
        talk, block = press(seed)
        assert asked(talk, "SPEED 80", "DEPTH 15", "START", "RUN?")[2:] == ["OK", "= 1"]
        talk.run(5.0)
        assert asked(talk, "RUN?", "POS?") == ["= 0", "= 15.00"]
        true = block.depth(talk.t) * 1e3
        assert abs(true - 15.0) <= 0.02 + 0.001 * 15.0 + 1e-9
        now, largest = (float(x) for x in talk.llp("FORCE?")[2:].split())
        assert abs(now - 100.0 * true) <= 0.01 * 100.0 * true + 1.0 + 1.0
        assert largest == pytest.approx(now, abs=10.0)


def test_contact_is_told_by_the_press_and_by_how_long_ago_it_was() -> None:
    talk, _ = press(3)
    asked(talk, "SPEED 10", "START")
    begun = talk.t - 5e-3
    talk.run(begun + 3.0)
    there, since_start, ago = talk.llp("CONTACT?")[2:].split()
    met = float(since_start)
    # The surface is 20 mm off, and 5 N are reached 0.05 mm behind it.
    assert there == "1" and met == pytest.approx(20.05 / 10.0, rel=0.012)
    assert begun + met + float(ago) == pytest.approx(talk.t - 5e-3, abs=2e-3)


def test_it_trips_by_the_force_and_is_latched() -> None:
    talk, block = press()
    asked(talk, "LIMIT 500", "START")
    talk.run(3.0)
    assert asked(talk, "TRIP?", "RUN?", "START", "HOME") == ["= 2", "= 0", "!5 STATE", "!5 STATE"]
    # One reading of 1 ms and 10 ms of standing at 25 mm/s are 0.28 mm: 28 N.
    assert 490.0 < block.force(talk.t) < 540.0
    assert asked(talk, "CLEAR", "TRIP?", "HOME") == ["OK", "= 0", "OK"]
    talk.run(10.0)
    assert talk.llp("POS?") == "= -20.00"


@pytest.mark.parametrize("move", ["START", "HOME"])
def test_an_open_guard_trips_what_moves_and_lets_nothing_begin(move: str) -> None:
    talk, block = press()
    asked(talk, "SPEED 1", "START")
    talk.run(1.0)
    if move == "HOME":
        asked(talk, "STOP", "HOME")
    talk.run(talk.t + 0.02)
    block.closed = False
    opened = block.depth(talk.t)
    talk.run(talk.t + 0.2)
    assert asked(talk, "TRIP?", "RUN?", "DOOR?", "CLEAR") == ["= 1", "= 0", "= 0", "!5 STATE"]
    assert abs(block.depth(talk.t) - opened) <= 10e-3 * 0.031
    block.closed = True
    assert asked(talk, move, "CLEAR", move) == ["!5 STATE", "OK", "OK"]


def test_without_a_trip_an_open_guard_refuses_the_start() -> None:
    talk, block = press()
    block.closed = False
    assert asked(talk, "START", "HOME", "TRIP?") == ["!5 STATE", "!5 STATE", "= 0"]


def test_stop_and_the_watchdog_let_the_nail_stand_in_the_sample() -> None:
    talk, block = press()
    asked(talk, "START")
    talk.run(1.0)
    before = talk.t
    assert talk.llp("STOP") == "OK" and talk.t == pytest.approx(before + 0.01)
    depth = block.depth(talk.t)
    assert 0.0 < depth < 0.02 and asked(talk, "RUN?", "STOP") == ["= 0", "OK"]
    asked(talk, "SPEED 0.1", "DOG 2", "START")
    talk.run(60.0)
    assert block.depth(talk.t) - depth == pytest.approx(0.1e-3 * 2.01, rel=0.02)
    assert asked(talk, "RUN?", "DOG?") == ["= 0", "= 0 1"]


def test_refusals() -> None:
    talk, _ = press()
    wrong = ("SPEED 0.05", "SPEED 101", "DEPTH 0.4", "DEPTH 101", "LIMIT 9", "LIMIT 5001")
    assert asked(talk, *wrong) == ["!4 RANGE"] * 6
    asked(talk, "START")
    assert asked(talk, "SPEED 5", "DEPTH 5", "LIMIT 50", "START", "HOME") == ["!5 STATE"] * 5
    talk.run(5.0)
    assert asked(talk, "START", "DEPTH 10", "START", "START 1") == [
        "!5 STATE",
        "OK",
        "!5 STATE",
        "!3 ARGUMENT",
    ]


def test_after_a_cut_of_its_power_it_stands_with_the_nail_where_it_was() -> None:
    talk, block = press()
    asked(talk, "SPEED 10", "DOG 5", "START")
    talk.run(2.5)
    talk.emulator.power_on(talk.t)  # type: ignore[attr-defined]
    depth = block.depth(talk.t)
    talk.run(talk.t + 1.0)
    assert 0.004 < block.depth(talk.t) == depth
    assert asked(talk, "RUN?", "SPEED?", "DOG?") == ["= 0", "= 25.00", "= 0 0"]
