from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.conformance.hammer import hammer, settle
from sim_backends.emulators.tdk_lambda.genesys_plus import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Resistor, Talk, pieces

NOTHING = '0,"No error"'


def supply(load: Resistor | None = None, seed: int = 1) -> Talk:
    port = load or Resistor(2e-3)
    return Talk(EMULATOR(port, serial="SIM-7", rng=stream(seed, "genesys")))


def settled(talk: Talk, *commands: str, after: float = 0.5) -> Talk:
    talk.say(*commands)
    talk.run(talk.t + after)
    return talk


def test_identity_and_settings() -> None:
    talk = supply()
    assert talk.ask("*IDN?").startswith("TDK-LAMBDA,GSP10-1500,SIM-7,")
    assert talk.ask("VOLT? MAX;:CURR? MAX;:VOLT:PROT? MAX") == "10.500;1575.0;12.000"
    talk.say("VOLT 2.5", "CURR 900", "SYST:REM REM")
    assert talk.ask("VOLT?;:SOUR:CURR?;:OUTP?;:SYST:REM?") == "2.500;900.0;0;REM"
    talk.say("CURR 1600")
    assert talk.ask("SYST:ERR?").startswith("-222,") and talk.ask("CURR?") == "900.0"


@pytest.mark.parametrize("seed", range(3))
def test_it_holds_voltage_or_current(seed: int) -> None:
    load = Resistor(2e-3)
    talk = settled(supply(load, seed), "VOLT 2;:CURR 1500;:OUTP ON")
    assert talk.ask("OUTP:MODE?;:OUTP?") == "CV;1"
    assert float(talk.ask("MEAS:VOLT?")) == pytest.approx(2.0, abs=0.02)
    assert float(talk.ask("MEAS:CURR?")) == pytest.approx(1000.0, abs=8.0)
    settled(talk, "CURR 500")
    assert talk.ask("OUTP:MODE?;:STAT:OPER:COND?") == "CC;258"
    assert float(talk.ask("MEAS:VOLT?")) == pytest.approx(1.0, abs=0.02)
    driven = [value for kind, value, _ in load.calls if kind == "A"]
    assert driven[-1] == pytest.approx(500.0, abs=3.1)
    assert float(talk.ask("MEAS:POW?")) == pytest.approx(500.0, abs=15.0)


def test_the_current_comes_up_with_the_response_time() -> None:
    talk = supply()
    talk.say("VOLT 10;:CURR 1000")
    talk.say("OUTP 1")
    talk.run(talk.t + 4e-3)
    assert float(talk.ask("MEAS:CURR?")) < 950.0
    talk.run(talk.t + 0.1)
    assert float(talk.ask("MEAS:CURR?")) == pytest.approx(1000.0, abs=8.0)


def test_over_voltage_trips_and_is_cleared() -> None:
    load = Resistor(1e-3)
    talk = settled(supply(load), "SYST:ERR:ENAB;:STAT:QUES:ENAB 65535;:VOLT:PROT 1.05")
    settled(talk, "VOLT 1.0;:CURR 1500;:OUTP ON")
    assert talk.ask("OUTP?;:STAT:QUES:COND?") == "1;0"
    load.volts = 1.2
    talk.run(talk.t + 0.1)
    assert talk.ask("OUTP:MODE?;:OUTP?;:STAT:QUES:COND?;:VOLT:PROT:TRIP?") == "OFF;0;16;1"
    assert talk.ask("SYST:ERR?") == '+322,"OVP shutdown"'
    assert talk.ask("STAT:QUES?;:STAT:QUES?") == "16;0"
    talk.say("OUTP ON")
    assert talk.ask("SYST:ERR?").startswith("+307,")
    load.volts = 0.0
    settled(talk, "OUTP:PROT:CLE")
    # The output goes back to the state before the trip.
    assert talk.ask("OUTP?;:STAT:QUES:COND?") == "1;0"


def test_settings_that_contradict_the_protections_are_refused() -> None:
    talk = supply()
    talk.say("VOLT:PROT 5;:VOLT 4.9")
    assert talk.ask("SYST:ERR?").startswith("+301,")
    talk.say("VOLT 4;:VOLT:PROT 4.1")
    assert talk.ask("SYST:ERR?").startswith("+304,")
    talk.say("VOLT:PROT:LOW 4.5")
    assert talk.ask("SYST:ERR?").startswith("+306,")
    talk.say("VOLT:PROT:LOW 2")
    talk.say("VOLT 1")
    assert talk.ask("SYST:ERR?").startswith("+302,") and talk.ask("VOLT?") == "4.000"


def test_foldback_turns_off_after_its_delay() -> None:
    load = Resistor(2e-3)
    talk = supply(load)
    talk.say("CURR:PROT:STAT ON;:OUTP:PROT:DEL 1;:VOLT 5;:CURR 100")
    assert talk.ask("OUTP:PROT:FOLD?;:OUTP:PROT:FOLD:DEL?") == "CC;1.0"
    settled(talk, "OUTP ON", after=0.8)
    assert talk.ask("OUTP?") == "1"
    talk.run(talk.t + 0.6)
    assert load.calls[-1][0] == "A" or load.calls[-1][0] == "open"
    assert talk.ask("OUTP?;:STAT:QUES:COND?") == "0;8"


def test_under_voltage_trips_where_it_is_chosen() -> None:
    load = Resistor(2e-3)
    talk = settled(supply(load), "VOLT 2;:CURR 1500;:VOLT:PROT:LOW 1.5;:VOLT:PROT:LOW:STAT ON")
    settled(talk, "OUTP ON", after=1.0)
    assert talk.ask("OUTP?") == "1"
    load.ohms = 5e-4
    talk.ask("*OPC?")
    talk.run(talk.t + 1.0)
    assert talk.ask("OUTP?;:STAT:QUES:COND?") == "0;512"


def test_a_source_above_the_set_voltage_keeps_its_own() -> None:
    talk = settled(supply(Resistor(1e-3, 3.0)), "VOLT 2;:CURR 100;:OUTP ON")
    assert float(talk.ask("MEAS:VOLT?")) == pytest.approx(3.0, abs=0.02)
    assert float(talk.ask("MEAS:CURR?")) < 4.0


def test_reset_leaves_it_off() -> None:
    load = Resistor(1e-3)
    talk = settled(supply(load), "VOLT 1;:CURR 10;:OUTP ON", "*RST")
    assert talk.ask("OUTP?;:VOLT?;:CURR?;:OUTP:PON?") == "0;0.000;0.0;SAFE"
    assert ("open" in {kind for kind, _, _ in load.calls}) and talk.ask("SYST:ERR?") == NOTHING


SCRIPT = b"*RST\r\nVOLT 2;:CURR 50\nOUTP ON\nMEAS:VOLT?\nFOO\nOUTP:MODE?\nSYST:ERR?\n"


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 100), max_size=8))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    whole, split = supply(), supply()
    whole.send(SCRIPT)
    for piece in pieces(SCRIPT, cuts):
        split.send(piece)
    assert split.run(5.0) == whole.run(5.0) != b""


def test_random_bytes_never_break_it() -> None:
    emulator = supply().emulator
    t = hammer(emulator, [line + b"\n" for line in SCRIPT.split(b"\n")], 300, stream(1, "hammer"))
    settle(emulator, t + 10.0)
    emulator.clear(t + 10.0)
    assert Talk(emulator).ask("*CLS;*OPC?") == "1"
