"""The emulator whose link takes its time: what `test_index.py` says of lines holds here too."""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.cut1.line import LATENCY
from sim_backends.emulators.cut1.timed_index import EMULATOR
from sim_backends.models.software.busy_machine import BusyMachine
from sim_backends.models.software.hash_tables import HashTables
from sim_backends.models.software.timed_index import TimedIndex, TimedSystems
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


def program() -> Talk:
    costs = TimedSystems(1.0, 1e-4, 1e-4).costs()["system"]
    port = TimedIndex(HashTables(1), costs, BusyMachine(3), "system")
    return Talk(EMULATOR(port, serial="SIM-7", rng=stream(1, "cut1")))


def test_it_answers_as_an_index_does_and_is_called_by_its_role() -> None:
    talk = program()
    assert talk.ask("ID?") == "= labctl system-index SIM-7 1.0"
    assert talk.ask("FIND 0 00ff") == "!3 STATE"
    assert talk.ask("INDEX 16") == "OK"
    assert talk.ask("ADD 0 00ff ff00") == "= 2"
    assert talk.ask("FIND 2 00ff ff00") == "= 0 1"


def test_a_request_without_work_takes_the_link_s_time_and_no_two_the_same() -> None:
    talk = program()
    times = list[float]()
    for _ in range(50):
        began = talk.t
        talk.ask("ID?")
        times.append(talk.t - began)
    assert min(times) >= LATENCY
    assert np.std(times) > 1e-6
