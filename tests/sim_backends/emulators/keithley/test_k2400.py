from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.conformance.hammer import hammer, settle
from sim_backends.emulators.keithley import k2400_specs as specs
from sim_backends.emulators.keithley.k2400 import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Resistor, Talk, pieces

NOTHING = '0,"No error"'


def meter(ohms: float = 1000.0, volts: float = 0.0, seed: int = 1) -> Talk:
    port = Resistor(ohms, volts)
    return Talk(EMULATOR(port, serial="SIM-5", rng=stream(seed, "k2400")))


def numbers(talk: Talk, command: str) -> list[float]:
    return [float(part) for part in talk.ask(command).split(",")]


def test_identity_and_defaults() -> None:
    talk = meter()
    assert talk.ask("*IDN?") == "KEITHLEY INSTRUMENTS INC.,MODEL 2400,SIM-5,C33 Mar 31 2015"
    assert (
        talk.ask(":SOUR:FUNC?;:SENS:FUNC?;:FORM:ELEM?") == 'VOLT;"CURR:DC";VOLT,CURR,RES,TIME,STAT'
    )
    assert float(talk.ask(":SENS:CURR:PROT?")) == pytest.approx(105e-6)
    assert talk.ask(":OUTP?;:SYST:RSEN?;:OUTP:SMOD?;:SYST:ERR?") == f"0;0;NORM;{NOTHING}"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("volts", [-10.0, 0.1, 1.5, 20.0])
def test_voltage_source_is_true_within_the_data_sheet(volts: float, seed: int) -> None:
    talk = meter(seed=seed)
    talk.say(f":SENS:CURR:PROT 0.05;:SOUR:VOLT {volts};:SENS:FUNC 'VOLT','CURR';:OUTP ON")
    u, i, r, t, status = numbers(talk, ":READ?")
    assert u == pytest.approx(volts, abs=4e-4 * abs(volts) + 4.5e-3)
    assert i == pytest.approx(volts / 1000.0, abs=8e-4 * abs(volts / 1000) + 3e-6 + 2.4e-6)
    assert r == pytest.approx(9.91e37) and t == pytest.approx(talk.t, abs=1e-2)
    assert int(status) == specs.FRONT + specs.V_MEAS + specs.I_MEAS + specs.V_SOURCE


def test_a_voltage_that_is_not_measured_is_told_as_set() -> None:
    talk = meter()
    talk.say(":SENS:CURR:PROT 0.05;:SOUR:VOLT 1.25;:OUTP ON;:FORM:ELEM CURR,VOLT")
    u, i = numbers(talk, ":READ?")
    assert u == 1.25 and i == pytest.approx(1.25e-3, rel=1e-2)


def test_output_off_is_refused() -> None:
    talk = meter()
    assert talk.ask(":READ?", 1.0) == ""
    assert talk.ask(":SYST:ERR?;ERR?") == f'803,"Not permitted with OUTPUT off";{NOTHING}'
    talk.say(":SOUR:CLE:AUTO ON")
    assert len(talk.ask(":READ?").split(",")) == 5 and talk.ask(":OUTP?") == "0"


def test_compliance() -> None:
    talk = meter(10.0)
    talk.say(":SENS:CURR:PROT 0.01;:SOUR:VOLT 5;:SENS:FUNC:ALL;:OUTP ON")
    u, i, r, _, status = numbers(talk, ":READ?")
    assert (u, i) == pytest.approx((0.1, 0.01), rel=2e-2) and r == pytest.approx(10.0, rel=2e-2)
    assert int(status) & specs.COMPLIANCE and talk.ask(":SENS:CURR:PROT:TRIP?") == "1"
    assert int(talk.ask(":STAT:MEAS?")) & specs.IN_COMPLIANCE
    talk.say(":SOUR:VOLT 0.05")
    assert not int(numbers(talk, ":READ?")[4]) & specs.COMPLIANCE
    assert talk.ask(":SENS:CURR:PROT:TRIP?;:SENS:VOLT:PROT:TRIP?") == "0;0"
    talk.say(":SENS:CURR:RANG 1E-3;:SOUR:VOLT 5")
    bits = int(numbers(talk, ":READ?")[4])
    assert bits & specs.RANGE_COMPLIANCE and not bits & specs.COMPLIANCE


def test_limits_of_compliance_range_and_power() -> None:
    talk = meter()
    talk.say(":SENS:CURR:PROT 1E-3;:SENS:CURR:RANG 0.1")
    assert talk.ask(":SYST:ERR?").startswith("824,")
    talk.say(":SENS:CURR:PROT 0.1;:SENS:CURR:RANG 0.1;:SENS:CURR:PROT 1E-6")
    assert talk.ask(":SYST:ERR?").startswith("822,")
    talk.say(":SENS:CURR:PROT 0.5;:SOUR:VOLT 30")
    assert talk.ask(":SYST:ERR?").startswith("826,") and float(talk.ask(":SOUR:VOLT?")) == 0.0
    talk.say(":SOUR:VOLT:RANG 2;:SOUR:VOLT 10", ":SOUR:VOLT 300")
    assert talk.ask(":SYST:ERR?;ERR?").count("-222,") == 2
    assert talk.ask(":SYST:ERR?") == NOTHING


def test_current_source_measures_a_battery() -> None:
    talk = meter(10.0, 1.5)
    talk.say(":SOUR:FUNC CURR;:SENS:VOLT:PROT 5;:SOUR:CURR 1E-3;:SENS:FUNC 'VOLT'")
    talk.say(":OUTP ON;:FORM:ELEM VOLT,CURR,STAT")
    u, i, status = numbers(talk, ":READ?")
    assert u == pytest.approx(1.51, abs=1e-3) and i == pytest.approx(1e-3, rel=1e-3)
    assert int(status) & specs.I_SOURCE
    talk.say(":SOUR:FUNC VOLT")
    assert talk.ask(":OUTP?") == "0"


def test_a_sweep_steps_with_each_trigger() -> None:
    talk = meter()
    talk.say(":SENS:CURR:PROT 0.1;:SOUR:VOLT:MODE SWE;STAR 0;STOP 2;STEP 0.5;:FORM:ELEM VOLT,CURR")
    assert talk.ask(":SOUR:SWE:POIN?;:SOUR:VOLT:MODE?") == "5;SWE"
    talk.say(":TRIG:COUN 5;:OUTP ON;:SOUR:DEL 0.1")
    began = talk.t
    found = numbers(talk, ":READ?")
    assert found[::2] == [0.0, 0.5, 1.0, 1.5, 2.0]
    assert found[1::2] == pytest.approx([v / 1000.0 for v in found[::2]], rel=1e-3, abs=1e-6)
    assert talk.t - began == pytest.approx(5 * (0.1 + 0.02 + specs.READING_OVERHEAD), rel=1e-3)
    talk.say(":SOUR:SWE:DIR DOWN;:SOUR:SWE:SPAC LOG;:SOUR:VOLT:STAR 0.1;STOP 10;:SOUR:SWE:POIN 3")
    talk.say(":TRIG:COUN 3")
    assert numbers(talk, ":READ?")[::2] == pytest.approx([10.0, 1.0, 0.1])
    talk.say(":SOUR:VOLT:MODE LIST;:SOUR:LIST:VOLT 3,1,2")
    assert numbers(talk, ":READ?")[::2] == [3.0, 1.0, 2.0]
    assert float(talk.ask(":SOUR:VOLT?")) == 2.0, "the output stays at the last level"


def test_a_sweep_can_end_at_compliance() -> None:
    talk = meter(100.0)
    talk.say(":SENS:CURR:PROT 0.01;:SOUR:VOLT:MODE SWE;STAR 0;STOP 4;STEP 0.5;:SOUR:SWE:CAB EARL")
    talk.say(":TRIG:COUN 9;:OUTP ON;:FORM:ELEM CURR")
    assert len(numbers(talk, ":READ?")) in (3, 4)


def test_the_store_fills_while_the_host_does_something_else() -> None:
    talk = meter()
    talk.say(":SENS:CURR:PROT 0.1;:SOUR:VOLT 1;:OUTP ON;:FORM:ELEM CURR;:TRAC:POIN 10")
    talk.say(
        "*SRE 1;:STAT:MEAS:ENAB 512;:TRAC:CLE;:TRAC:FEED SENS;FEED:CONT NEXT;:TRIG:COUN 10;:INIT"
    )
    assert talk.ask("*STB?;:TRAC:POIN:ACT?") == "0;0"
    assert talk.ask("*OPC?") == "1"
    assert talk.ask("*STB?;:TRAC:POIN:ACT?;:TRAC:FEED:CONT?") == "65;10;NEV"
    stored = numbers(talk, ":TRAC:DATA?")
    assert stored == pytest.approx([1e-3] * 10, rel=1e-2)
    assert float(talk.ask(":CALC3:FORM MEAN;DATA?")) == pytest.approx(sum(stored) / 10)
    assert numbers(talk, ":FETC?") == stored
    talk.say(":INIT", ":INIT")
    assert talk.ask(":SYST:ERR?").startswith("-213,")


def test_binary_format() -> None:
    talk = meter()
    talk.say(":SENS:CURR:PROT 0.1;:SOUR:VOLT 1;:OUTP ON;:FORM:ELEM CURR,VOLT;:FORM SRE")
    data = talk.answer(b":READ?\n")
    assert data[:2] == b"#0" and struct.unpack(">2f", data[2:-1])[0] == 1.0
    talk.say(":FORM:BORD SWAP;:FORM REAL,32")
    assert struct.unpack("<2f", talk.answer(b":FETC?\n")[2:-1])[0] == 1.0


def test_counts_have_a_product() -> None:
    talk = meter()
    talk.say(":TRIG:COUN 100;:ARM:COUN 26")
    assert talk.ask(":SYST:ERR?").startswith("-222,") and talk.ask(":ARM:COUN?") == "1"
    talk.say(":OUTP ON;:TRIG:COUN 2;:ARM:COUN 3;:FORM:ELEM TIME;:ARM:SOUR TIM;:ARM:TIM 2")
    times = numbers(talk, ":READ?")
    assert len(times) == 6 and times[2] - times[1] > 2.0


def test_off_leaves_the_device_alone() -> None:
    port = Resistor(1000.0, 2.0)
    talk = Talk(EMULATOR(port, serial="SIM-5", rng=stream(1, "k2400")))
    talk.say(":OUTP:SMOD HIMP;:SENS:CURR:PROT 0.1;:SOUR:VOLT 1;:OUTP ON")
    talk.ask(":READ?")
    talk.say("*RST")
    assert port.calls[-1][0] == "open" and talk.ask(":OUTP?;:SOUR:VOLT?") == "0;0.000000E+00"


SCRIPT = (
    b"*RST\r\n:SENS:CURR:PROT 0.01\n:SOUR:VOLT 1;:OUTP ON\n:READ?\nFOO\n:TRIG:COUN 3;:INIT;*OPC?\n"
    b":FETC?\n:SOUR:VOLT:MODE SWE;STAR 0;STOP 1;STEP 0.5\n:READ?;:SYST:ERR?\n:OUTP OFF\n"
)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 250), max_size=8))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    whole, split = meter(), meter()
    whole.send(SCRIPT)
    for piece in pieces(SCRIPT, cuts):
        split.send(piece)
    assert split.run(9.0) == whole.run(9.0) != b""


def test_random_bytes_never_break_it() -> None:
    emulator = meter().emulator
    t = hammer(emulator, [line + b"\n" for line in SCRIPT.split(b"\n")], 300, stream(1, "hammer"))
    settle(emulator, t + 10.0)
    emulator.clear(t + 10.0)
    assert Talk(emulator).ask("*CLS;:ABOR;*OPC?") == "1"
