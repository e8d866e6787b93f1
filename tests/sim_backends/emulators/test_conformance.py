"""What holds for every emulator; found from the folder, none listed by hand."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.emulators.emulator import Emulator
from sim_backends.plugs.serve_names import MODELS
from sim_backends.streams import stream
from tests.sim_backends.emulators.found import address_of, make, names, role_of
from tests.sim_backends.emulators.hammer import answer, hammer, hammer_attributes, known, settle
from tests.sim_backends.emulators.talking import pieces

FRAMES = 2000
NAMES = names()
MESSAGES = ("sim:ble", "sim:mqtt")
STREAMS = [name for name in NAMES if address_of(name) not in (*MESSAGES, "")]
"""Emulators of a byte stream that stand on the bench; the others speak to a radio or a broker."""

every = pytest.mark.parametrize("name", STREAMS)


def test_emulators_are_found(tmp_path: Path) -> None:
    assert len(NAMES) >= 6
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "one.py").write_text("EMULATOR = One", encoding="utf-8")
    (tmp_path / "acme" / "part.py").write_text("x = 1", encoding="utf-8")
    assert names(tmp_path) == ["acme.one"]


@pytest.mark.parametrize("name", NAMES)
def test_it_stands_on_the_bench_reference_under_a_name(name: str) -> None:
    role_of(name)
    assert name in MODELS


def test_every_served_name_is_an_emulator() -> None:
    assert set(MODELS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is_written_from(name: str) -> None:
    module = inspect.getmodule(type(make(name)))
    assert module is not None and module.__doc__
    assert inspect.getdoc(type(make(name)))


@every
def test_it_listens_and_has_a_simulated_serial_number(name: str) -> None:
    emulator: Emulator = make(name)
    assert emulator.send(0.0) == b""
    told = answer_of_all(name)
    assert b"SIM-" in told or str(make(name).serial).startswith("SIM-")


def answer_of_all(name: str) -> bytes:
    emulator, t, told = make(name), 0.0, b""
    for message in known(name):
        data, t = answer(emulator, [message], t, 0.5)
        told += data
    return told


@every
def test_answers_take_time_and_due_never_goes_back(name: str) -> None:
    emulator, t, answered = make(name), 1.0, 0
    for message in known(name)[:40]:
        began = t
        data, t = answer(emulator, [message], t, 0.5)
        if data:
            answered += 1
            assert t > began, "an answer leaves when it was asked for, not before"
        due = emulator.due()
        assert due is None or due >= 0.0
    assert answered >= 1


@every
def test_clear_forgets_half_a_command_and_waiting_answers(name: str) -> None:
    for message in known(name)[:10]:
        emulator, fresh = make(name), make(name)
        emulator.receive(message[:-1], 0.0)
        emulator.clear(0.0)
        assert answer(emulator, [message], 1.0, 0.5) == answer(fresh, [message], 1.0, 0.5)
        emulator.receive(message, 2.0)
        emulator.clear(2.0)
        due = emulator.due()
        if due is not None and due < 60.0:
            assert emulator.send(due) == b""


@every
@given(cuts=st.lists(st.integers(0, 10_000), max_size=6), seed=st.integers(1, 3))
def test_any_split_of_the_stream_is_the_same(name: str, cuts: list[int], seed: int) -> None:
    whole, split, t = make(name, seed), make(name, seed), 0.0
    for message in known(name)[:12]:
        expected, t_next = answer(whole, [message], t, 0.5)
        assert answer(split, pieces(message, cuts), t, 0.5) == (expected, t_next)
        t = t_next


@pytest.mark.parametrize("name", [name for name in NAMES if address_of(name) == "sim:ble"])
def test_random_attributes_are_refused_by_their_codes_alone(name: str) -> None:
    ended = hammer_attributes(make(name), FRAMES, stream(1, "random attributes", name))
    assert ended > 0.0


@every
def test_random_frames_raise_nothing(name: str) -> None:
    emulator: Emulator = make(name)
    t = hammer(emulator, known(name), FRAMES, stream(1, "random frames", name))
    emulator.clear(t)
    settle(emulator, t + 10.0)
