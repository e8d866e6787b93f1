from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.keithley.dmm6500 import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Resistor, Talk, pieces

LIMITS = {0.1: (3e-5, 3.5e-6), 1.0: (2.5e-5, 6e-6), 10.0: (2.5e-5, 5e-5), 100.0: (4e-5, 6e-4)}


def dmm(volts: float = 0.5, ohms: float = 1000.0, seed: int = 1) -> Talk:
    port = Resistor(ohms, volts)
    return Talk(EMULATOR(port, serial="SIM-8", rng=stream(seed, "dmm6500")))


def test_identity() -> None:
    talk = dmm()
    assert talk.ask("*IDN?") == "KEITHLEY INSTRUMENTS,MODEL DMM6500,SIM-8,1.7.12b"
    assert talk.ask("SYST:ERR?") == '0,"No error;0;0 0"'
    assert talk.ask("*LANG?;:SYST:LFR?;:ROUT:TERM?") == "SCPI;50;FRON"


@pytest.mark.parametrize(("volts", "full"), [(0.05, 0.1), (-0.5, 1.0), (5.0, 10.0), (50.0, 100.0)])
def test_readings_are_true_within_the_data_sheet(volts: float, full: float) -> None:
    gain, offset = LIMITS[full]
    for seed in range(20):
        talk = dmm(volts, seed=seed)
        value = float(talk.ask("READ?"))
        assert abs(value - volts) <= gain * abs(volts) + offset + 3e-6 * full
        assert float(talk.ask("SENS:VOLT:RANG?")) == full


def test_reading_time() -> None:
    talk = dmm()
    talk.say("SENS:VOLT:NPLC 10")
    talk.ask("READ?")
    assert talk.t == pytest.approx(0.2001)
    talk.say("COUN 5;:VOLT:NPLC 1")
    talk.t = 1.0
    talk.ask("MEAS:VOLT:DC?")
    assert talk.t == pytest.approx(1.0 + 5 * 0.0201)


def test_a_range_set_by_hand_turns_auto_off_and_overloads() -> None:
    talk = dmm(5.0)
    talk.say("SENS:VOLT:RANG 1")
    assert talk.ask("VOLT:RANG?;RANG:AUTO?") == "1.000000E+00;0"
    assert talk.ask("READ?") == "9.900000E+37"
    assert talk.ask("VOLT:DC:RANG:AUTO 0;UPP 10;UPP?") == "1.000000E+01"
    assert float(talk.ask("READ?")) == pytest.approx(5.0, rel=1e-4)
    assert float(talk.ask("FETC?")) == pytest.approx(5.0, rel=1e-4)


def test_resistance_and_functions() -> None:
    talk = dmm(0.0, 4700.0)
    talk.say('SENS:FUNC "RES"')
    assert talk.ask("FUNC?") == '"RES"'
    assert float(talk.ask("READ?")) == pytest.approx(4700.0, rel=2e-4)
    assert float(talk.ask("MEAS:VOLT?")) == pytest.approx(0.0, abs=1e-5)
    assert talk.ask("SENS:FUNC?") == '"VOLT:DC"'
    talk.say('FUNC "TEMP"')
    assert talk.ask("SYST:ERR?").startswith("-224,")


def test_relative_offset_and_filter() -> None:
    talk = dmm(0.5)
    talk.say("VOLT:REL:ACQ")
    assert talk.ask("VOLT:REL:STAT?") == "1"
    assert float(talk.ask("READ?")) == pytest.approx(0.0, abs=1e-5)
    talk.say("VOLT:REL:STAT OFF;:VOLT:AVER:COUN 4;TCON REP;:VOLT:AVER ON")
    talk.t = 1.0
    talk.ask("READ?")
    assert talk.t == pytest.approx(1.0801)


@settings(max_examples=50, derandomize=True)
@given(st.lists(st.integers(0, 200), max_size=12))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    script = b"*RST\r\nSENS:VOLT:NPLC 0.1;:COUN 3\nREAD?\nVOLT:FOO\nSYST:ERR?\nMEAS:RES?;*OPC?\n"
    whole, split = dmm(), dmm()
    whole.send(script)
    for piece in pieces(script, cuts):
        split.send(piece)
    assert split.run(30.0) == whole.run(30.0) != b""


def test_random_bytes_never_break_it() -> None:
    dice, talk = random.Random(5), dmm()
    words = [b"READ?", b"VOLT:", b"SENS:", b"RANG", b" 1", b";", b":", b"'", b",", b"*", b"\n"]
    for _ in range(2000):
        talk.send(b"".join(dice.choices(words, k=6)) + dice.randbytes(2) + b"\n")
        talk.run(talk.t + 0.05)
    talk.emulator.clear(talk.t)
    assert talk.ask("*CLS;*OPC?") == "1"
