from __future__ import annotations

import pytest

from sim_backends.emulators.keithley.k2636b import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Resistor, Talk


def smu() -> Talk:
    return Talk(EMULATOR(Resistor(1000.0), serial="SIM-9", rng=stream(1, "k2636b")))


def numbers(text: str) -> list[float]:
    return [float(part) for part in text.split("\t")]


def test_sweeps_by_the_trigger_model() -> None:
    talk = smu()
    talk.say("smua.source.levelv = 0.25 smua.source.output = smua.OUTPUT_ON")
    talk.say(
        "smua.trigger.source.linearv(0, 2, 5) smua.trigger.source.action = smua.ENABLE",
        "smua.trigger.measure.iv(smua.nvbuffer1, smua.nvbuffer2)",
        "smua.trigger.measure.action = 1 smua.trigger.count = 5 smua.measure.nplc = 1",
        "smua.trigger.endpulse.action = 1 smua.trigger.endsweep.action = 0",
        "smua.trigger.initiate()",
    )
    assert numbers(talk.ask("print(status.operation.sweeping.condition)")) == [2.0]
    begun = talk.t
    assert numbers(talk.ask("waitcomplete() print(smua.nvbuffer1.n)")) == [5.0]
    assert 0.1 < talk.t - begun < 0.2
    listed = talk.ask("printbuffer(1, 5, smua.nvbuffer1, smua.nvbuffer2)").split(", ")
    for k in range(5):
        assert float(listed[2 * k + 1]) == pytest.approx(0.5 * k, abs=3e-3)
        assert float(listed[2 * k]) == pytest.approx(0.5e-3 * k, abs=1e-5)
    assert numbers(talk.ask("print(smua.measure.v())"))[0] == pytest.approx(0.25, abs=3e-3)
    assert talk.ask("print(smua.source.levelv, status.operation.sweeping.condition)") == (
        "2.50000e-01\t0.00000e+00"
    )


def test_a_sweep_may_wait_for_a_trigger() -> None:
    talk = smu()
    talk.say("smua.trigger.initiate()", "smua.trigger.source.action = 1 smua.trigger.initiate()")
    assert numbers(talk.ask("waitcomplete() print((errorqueue.next()))")) == [5059.0]
    talk.say("smua.trigger.source.listv({1, 2}) smua.trigger.arm.stimulus = trigger.EVENT_ID")
    talk.say("smua.trigger.initiate()")
    talk.run(10.0)
    assert numbers(talk.ask("print(status.operation.sweeping.condition)")) == [2.0]
    talk.say("*trg")
    assert talk.ask("*OPC?") == "1"
    assert numbers(talk.ask("print(status.operation.sweeping.condition)")) == [0.0]
    talk.say("smua.trigger.initiate()", "smua.abort()")
    assert talk.ask("*OPC?") == "1"
