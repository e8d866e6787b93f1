from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.rigol.dl3021 import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Resistor, Talk, pieces

NOTHING = '0,"No error"'


def load(volts: float = 12.0, ohms: float = 0.1, seed: int = 1) -> Talk:
    return Talk(EMULATOR(Resistor(ohms, volts), serial="SIM-7", rng=stream(seed, "dl3021")))


def number(talk: Talk, query: str) -> float:
    return float(talk.ask(query))


def test_identity_and_settings_as_delivered() -> None:
    talk = load()
    assert talk.ask("*IDN?") == "RIGOL TECHNOLOGIES,DL3021,SIM-7,00.01.05.00.01"
    assert talk.ask(":SOUR:FUNC?") == "CC" and talk.ask(":SOUR:FUNC:MODE?") == "FIX"
    assert talk.ask(":SOUR:INP:STAT?") == "0" and talk.ask(":SYST:ERR?") == NOTHING
    # DL3000 programming guide, appendix A: A_Level 4 A, B_Level 1 A.
    assert talk.ask(":SOUR:CURR:TRAN:ALEV?;BLEV?") == "4.000000;1.000000"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("mode", "level", "volts", "amps"),
    [("CURR", 2.0, 11.8, 2.0), ("VOLT", 11.5, 11.5, 5.0), ("RES", 5.9, 11.8, 2.0),
     ("POW", 23.6, 11.8, 2.0)],
)  # fmt: skip
def test_each_mode_settles_with_the_source(
    mode: str, level: float, volts: float, amps: float, seed: int
) -> None:
    talk = load(seed=seed)
    talk.say(f":SOUR:FUNC {mode}", f":SOUR:{mode}:LEV:IMM {level}", ":SOUR:INP:STAT ON")
    # The limits of error of setting (with 0.1 ohm behind) and reading, and three times the noise.
    slack = {"CURR": 0.0, "VOLT": 0.036, "RES": 0.06, "POW": 0.45}[mode]
    assert number(talk, ":MEAS:VOLT?") == pytest.approx(volts, abs=0.046 + slack)
    assert number(talk, ":MEAS:CURR?") == pytest.approx(amps, abs=0.05 + 10 * slack)
    assert int(talk.ask(":STAT:QUES:COND?")) == 16384
    talk.say(":SOUR:INP:STAT 0")
    assert number(talk, ":MEAS:VOLT?") == pytest.approx(12.0, abs=0.046)
    assert number(talk, ":MEAS:CURR?") == pytest.approx(0.0, abs=0.03)


def test_power_and_resistance_follow_from_the_readings() -> None:
    talk = load()
    talk.say(":CURR 3", ":INP ON")
    assert number(talk, ":MEAS:POW?") == pytest.approx(3 * 11.7, rel=0.03)
    assert number(talk, ":MEAS:RES?") == pytest.approx(11.7 / 3, rel=0.03)
    talk.say(":INP OFF")
    assert number(talk, ":MEAS:RES?") == pytest.approx(9.9e37)


def test_what_the_source_cannot_give_is_not_regulated() -> None:
    talk = load(ohms=10.0)
    for commands in ((":CURR 5",), (":FUNC POW", ":POW 100"), (":FUNC VOLT", ":VOLT 20")):
        talk.say("*RST", *commands, ":INP ON")
        assert int(talk.ask(":STAT:QUES:COND?")) & 1024, commands
    talk.say("*RST", ":FUNC VOLT", ":VOLT 20", ":INP ON")
    assert number(talk, ":MEAS:CURR?") == pytest.approx(0.0, abs=0.03)


def test_ranges_bound_the_levels() -> None:
    talk = load()
    talk.say(":CURR 30", ":CURR:RANG 4")
    assert talk.ask(":CURR:RANG?") == "4.000000" and talk.ask(":CURR?") == "4.000000"
    talk.say(":CURR 5")
    assert talk.ask(":SYST:ERR?").startswith("-222,")
    assert talk.ask(":CURR? MAX;:CURR:RANG? MAX") == "4.000000;40.000000"
    talk.say(":INP ON", ":CURR:RANG MAX")
    assert talk.ask(":SYST:ERR?").startswith("-221,")
    assert load().ask(":RES? MIN;:VOLT:RANG?") == "2.000000;150.000000"


@pytest.mark.parametrize(
    ("settings_", "bits"),
    [((":CURR:VLIM 10",), 4096 | 1), ((":CURR:ILIM 1",), 2 | 8192)],
)
def test_a_threshold_trips_the_input_and_is_told(settings_: tuple[str, ...], bits: int) -> None:
    talk = load()
    talk.say(":CURR 2", *settings_, ":INP ON")
    assert talk.ask(":INP?") == "0"
    assert int(talk.ask(":STAT:QUES:COND?")) & bits == bits
    assert int(talk.ask(":STAT:QUES?")) & bits == bits
    talk.say(":INP ON")
    assert talk.ask(":INP?") == "0", "the cause stands"
    talk.say(":CURR:VLIM MAX", ":CURR:ILIM MAX", ":INP ON")
    assert talk.ask(":INP?") == "1" and int(talk.ask(":STAT:QUES:COND?")) == 16384


def test_too_much_power_and_a_reversed_source_trip() -> None:
    talk = load(volts=60.0)
    talk.say(":CURR 5", ":INP ON")
    assert talk.ask(":INP?") == "0" and int(talk.ask(":STAT:QUES:COND?")) & 8200 == 8200
    turned = load(volts=-5.0)
    turned.say(":INP ON")
    assert turned.ask(":INP?") == "0" and int(turned.ask(":STAT:QUES:COND?")) & 2049 == 2049


def test_the_load_waits_for_its_starting_voltage() -> None:
    talk = load()
    talk.say(":CURR 2", ":CURR:VON 15", ":INP ON")
    assert number(talk, ":MEAS:CURR?") == pytest.approx(0.0, abs=0.03)
    assert not int(talk.ask(":STAT:QUES:COND?")) & 16384
    talk.say(":CURR:VON 5")
    assert number(talk, ":MEAS:CURR?") == pytest.approx(2.0, abs=0.05)


def test_a_continuous_transient_reads_as_its_mean() -> None:
    talk = load()
    talk.say(":CURR:TRAN:MODE CONT", ":CURR:TRAN:ALEV 3", ":CURR:TRAN:BLEV 1",
             ":CURR:TRAN:FREQ 0.1", ":CURR:TRAN:ADUT 25", ":TRIG:SOUR BUS", ":TRAN 1")  # fmt: skip
    # Programming guide 2-27, 2-28: kHz, ms and %.
    assert talk.ask(":CURR:TRAN:PER?;AWID?") == "10.000000;2.500000"
    assert talk.ask(":INP?;:TRAN?") == "1;1", "arming switches the input on, at level B"
    assert number(talk, ":MEAS:CURR?") == pytest.approx(1.0, abs=0.05)
    talk.say(":TRIG")
    talk.run(talk.t + 1.0)
    assert number(talk, ":MEAS:CURR?") == pytest.approx(1.5, abs=0.05)
    talk.say(":TRAN OFF", ":INP OFF")
    assert talk.ask(":TRAN?;:INP?") == "0;0"


def test_a_pulse_ends_by_itself_and_a_toggle_stays() -> None:
    talk = load()
    talk.say(":CURR:TRAN:MODE PULS;ALEV 3;BLEV 1;AWID 500", ":TRIG:SOUR BUS", ":TRAN ON", "*TRG")
    assert number(talk, ":MEAS:CURR?") == pytest.approx(3.0, abs=0.05)
    talk.run(talk.t + 1.0)
    assert number(talk, ":MEAS:CURR?") == pytest.approx(1.0, abs=0.05)
    assert talk.ask(":TRAN?") == "0"
    talk.say(":CURR:TRAN:MODE TOGG", ":TRAN ON", ":TRIG")
    assert number(talk, ":MEAS:CURR?") == pytest.approx(3.0, abs=0.05)
    talk.say(":TRIG")
    assert number(talk, ":MEAS:CURR?") == pytest.approx(1.0, abs=0.05)
    talk.say(":CURR 2", ":TRAN OFF")
    assert number(talk, ":MEAS:CURR?") == pytest.approx(2.0, abs=0.05)


def test_a_list_runs_its_steps_and_switches_off() -> None:
    talk = load()
    talk.say(":LIST:MODE CC", ":LIST:STEP 2", ":LIST:COUN 2", ":LIST:END OFF", ":LIST:LEV 0,1",
             ":LIST:LEV 1,3", ":LIST:WID 0,2", ":LIST:WID 1,4", ":FUNC:MODE LIST",
             ":TRIG:SOUR BUS", ":TRAN ON", ":TRIG")  # fmt: skip
    for moment, amps in ((1.0, 1.0), (3.0, 3.0), (7.0, 1.0), (11.0, 3.0)):
        talk.run(moment)
        assert number(talk, ":MEAS:CURR?") == pytest.approx(amps, abs=0.05), moment
        assert int(talk.ask(":STAT:QUES:COND?")) & 128
    talk.say(":LIST:STEP 3")
    assert talk.ask(":SYST:ERR?").startswith("-221,")
    talk.run(20.0)
    assert talk.ask(":INP?;:LIST:LEV? 1;WID? 0") == "0;3.000000;2.000000"
    talk.say(":LIST:LEV 2,1")
    assert talk.ask(":SYST:ERR?").startswith("-222,")


def test_a_battery_test_counts_and_stops() -> None:
    talk = load(volts=4.0, ohms=0.01)
    # Programming guide 2-37, 2-38: A, V, mAh and s.
    talk.say(":FUNC:MODE BATT", ":BATT:LEV:IMM 3", ":BATT:VST 2", ":BATT:CST 100", ":BATT:CEN ON",
             ":INP ON")  # fmt: skip
    talk.run(60.0)
    assert number(talk, ":MEAS:CAP?") == pytest.approx(3.0 * 60.0 / 3.6, rel=0.02)
    assert number(talk, ":MEAS:WATT?") == pytest.approx(3.0 * 3.97 * 60.0 / 3600.0, rel=0.03)
    assert talk.ask(":INP?") == "1"
    talk.run(200.0)
    assert talk.ask(":INP?") == "0"
    assert number(talk, ":MEAS:CAP?") == pytest.approx(100.0, rel=0.02)
    assert number(talk, ":MEAS:DISC?") == pytest.approx(120.0, abs=3.0)


def test_what_is_not_there_is_refused() -> None:
    talk = load()
    for command, code in ((":FUNC:MODE OCP", -221), (":FUNC HEAT", -224), (":FOO 1", -113),
                          (":CURR 41", -222), (":CURR", -109), (":CURR 1 V", -131)):  # fmt: skip
        talk.say(command)
        assert talk.ask(":SYST:ERR?").startswith(f"{code},"), command


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 200), max_size=10))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    script = b"*RST\r\n:CURR 2;:INP ON\n:MEAS:VOLT?;CURR?\nFOO\n:SYST:ERR?\n:STAT:QUES:COND?\n"
    whole, split = load(), load()
    whole.send(script)
    for piece in pieces(script, cuts):
        split.send(piece)
    assert split.run(30.0) == whole.run(30.0) != b""


def test_random_words_never_break_it() -> None:
    dice, talk = random.Random(5), load()
    words = [":CURR", ":INP", ":FUNC", " 1", " 0.5", " VOLT", " RES", " POW", ";", "?", ":TRIG",
             ":MEAS:CURR?", ":TRAN ON", "*TRG", ":LIST:LEV 0,1", ":FUNC:MODE LIST", "*RST",
             ":FUNC:MODE BATT", ":TRIG:SOUR BUS", ":CURR:TRAN:MODE PULS", ":STAT:QUES?", " MAX",
             ":VOLT 3"]  # fmt: skip
    for _ in range(400):
        talk.send("".join(dice.choices(words, k=4)).encode("ascii") + b"\n")
        talk.run(talk.t + dice.choice([0.01, 0.5]))
    talk.emulator.clear(talk.t)
    assert talk.ask("*CLS;*OPC?") == "1"
