from __future__ import annotations

import pytest

from sim_backends.emulators.llp.bend1 import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Clamp, Talk


def bender(seed: int = 1) -> tuple[Talk, Clamp]:
    clamp = Clamp()
    return Talk(EMULATOR(clamp, serial="SIM-6", rng=stream(seed, "bend1"))), clamp


def test_power_on() -> None:
    talk, _ = bender()
    assert talk.llp("ID?") == "= labctl LLP-BEND1 SIM-6 1.0"
    assert float(talk.llp("RAD?")[2:]) == pytest.approx(50.0, abs=0.3)
    assert [talk.llp(q) for q in ("FREQ?", "COUNT?", "RUN?")] == ["= 1.00", "= 0", "= 0"]


def test_a_run_is_counted_exactly_and_reported_to_the_world() -> None:
    talk, clamp = bender()
    talk.llp("RAD 15")
    talk.llp("FREQ 2.0")
    assert talk.llp("RUN 5000") == "OK"
    begun = talk.t
    talk.run(begun + 100.25)
    assert talk.llp("COUNT?") == "= 200" and talk.llp("RUN?") == "= 1"
    assert clamp.bends == pytest.approx(200.5, abs=0.1)
    talk.run(begun + 2500.0)
    assert talk.llp("COUNT?") == "= 5000" and talk.llp("RUN?") == "= 0"
    assert clamp.bends == pytest.approx(5000.0)
    assert all(radius == pytest.approx(0.015, abs=4e-5) for radius in clamp.radii)
    assert talk.emulator.due() is None


def test_refusals_while_running_and_out_of_range() -> None:
    talk, _ = bender()
    assert talk.llp("RAD 1.99") == talk.llp("FREQ 2.1") == talk.llp("RUN 0") == "!4 RANGE"
    assert talk.llp("RUN 10000001") == "!4 RANGE" and talk.llp("RUN 2.5") == "!3 ARGUMENT"
    talk.llp("RUN 100")
    assert [talk.llp(c) for c in ("RAD 20", "FREQ 1", "RUN 5")] == ["!5 STATE"] * 3
    assert talk.llp("ERR?") == "= 8"


def test_stop_ends_after_the_bend_in_progress() -> None:
    talk, clamp = bender()
    talk.llp("FREQ 0.5")
    talk.llp("RUN 100")
    begun = talk.t - 0.005
    talk.run(begun + 7.0)
    assert talk.llp("STOP") == "OK" and talk.t == pytest.approx(begun + 8.0)
    assert talk.llp("COUNT?") == "= 4" and talk.llp("RUN?") == "= 0"
    assert clamp.bends == pytest.approx(4.0)
    before = talk.t
    assert talk.llp("STOP") == "OK" and talk.t - before <= 0.02


def test_the_encoder_is_true_within_its_accuracy() -> None:
    for seed in range(20):
        talk, clamp = bender(seed)
        talk.llp("RAD 15.00")
        shown = float(talk.llp("RAD?")[2:])
        talk.llp("RUN 1")
        talk.run(talk.t + 2.0)
        true = clamp.radii.pop() * 1e3
        assert abs(shown - true) <= 0.05 + 0.002 * true + 0.025
