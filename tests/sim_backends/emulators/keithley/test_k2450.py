from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.keithley.k2450 import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Resistor, Talk, pieces


def smu(port: Resistor | None = None, seed: int = 1) -> Talk:
    return Talk(EMULATOR(port or Resistor(), serial="SIM-7", rng=stream(seed, "k2450")))


def sourcing(volts: float = 1.0, port: Resistor | None = None, seed: int = 1) -> Talk:
    talk = smu(port, seed)
    talk.say(":SOUR:FUNC VOLT", f":SOUR:VOLT:ILIM 0.1;:SOUR:VOLT {volts:g}", ":SENS:FUNC 'CURR'")
    talk.say("OUTP ON")
    return talk


def values(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]


def test_identity_and_empty_queue() -> None:
    talk = smu()
    assert talk.ask("*IDN?") == "KEITHLEY INSTRUMENTS,MODEL 2450,SIM-7,1.7.12b"
    assert talk.ask("SYST:ERR?") == '0,"No error;0,0,0"'
    assert talk.ask(":SYST:ERR:NEXT?") == '0,"No error;0,0,0"'
    assert talk.ask("*LANG?") == "SCPI" and talk.ask("SYST:LFR?") == "50"


def test_settings_after_reset() -> None:
    talk = smu()
    talk.say("SOUR:FUNC CURR;:SENS:FUNC 'VOLT';:SENS:VOLT:NPLC 5;:OUTP ON", "*RST")
    assert talk.ask("SOUR:FUNC?;:SENS:FUNC?;:OUTP?") == 'VOLT;"CURR:DC";0'
    assert talk.ask("SOUR:VOLT:ILIM?;RANG:AUTO?") == "1.050000E-04;1"
    assert talk.ask("SOUR:CURR:VLIM?;:SENS:CURR:NPLC?;RSEN?") == "2.100000E+01;1.000000E+00;0"
    assert talk.ask("SOUR:VOLT:READ:BACK?;:SOUR:VOLT:DEL:AUTO?;:ROUT:TERM?") == "1;1;FRON"


@pytest.mark.parametrize(
    ("command", "query", "answer"),
    [
        (":SOUR:VOLT:LEV 0.5", "SOUR:VOLT?", "5.000000E-01"),
        ("source1:voltage:level:immediate:amplitude 20 mV", ":SOUR:VOLT?", "2.000000E-02"),
        (":SOUR:VOLT:RANG 15", ":SOUR:VOLT:RANG?;RANG:AUTO?", "2.000000E+01;0"),
        (":SOUR:CURR 1e-3", "SOUR:CURR?;CURR:RANG?", "1.000000E-03;1.000000E-03"),
        (":SOUR:VOLT:ILIM MAX", "SOUR:VOLT:ILIM?", "1.050000E+00"),
        (":SENS:CURR:RANG 0.5", "CURR:RANG?;RANG:AUTO?", "1.000000E+00;0"),
        (":SENS:CURR:RANG:AUTO 0;:SENS:CURR:RANG 1e-6", "CURR:RANG?", "1.000000E-06"),
        ('SENS:FUNC "VOLT"', "SENS:FUNC?", '"VOLT:DC"'),
        ("SENS:FUNC 'CURR:DC'", "SENS:FUNC?", '"CURR:DC"'),
        ("SENS:COUN 7", "SENS:COUN?", "7"),
        ("SENS:VOLT:RSEN ON", "VOLT:DC:RSEN?", "1"),
        ("OUTP:VOLT:SMOD HIMP", "OUTP:VOLT:SMOD?", "HIMP"),
        ("SOUR:VOLT:DEL 0.1", "SOUR:VOLT:DEL?;DEL:AUTO?", "1.000000E-01;0"),
        ("SOUR:VOLT:PROT PROT20", "SOUR:VOLT:PROT?", "PROT20"),
        ("TRAC:POIN 500", "TRAC:POIN?", "500"),
        ("FORM:ASC:PREC 10", "FORM:ASC:PREC?", "10"),
    ],
)
def test_settings(command: str, query: str, answer: str) -> None:
    talk = smu()
    talk.say(command)
    assert talk.ask(query) == answer
    assert talk.ask("SYST:ERR?") == '0,"No error;0,0,0"'


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("FOO:BAR 1", -113), ("SOUR:VOLT", -109), ("SOUR:VOLT 1,2", -108), ("SOUR:VOLT 300", -222),
        ("SOUR:VOLT abc", -104), ("SOUR:FUNC RES", -224), ("SOUR:VOLT 1A", -131),
        ("SENS:CURR:NPLC 20", -222), ("READ? 'nobuffer'", -224), ("FETC?", -230),
        ("SOUR:VOLT:ILIM 1e-12", -222), ("SOUR:VOLT:ILIM 1;:SOUR:VOLT 30", -221), ("INIT", -221),
        ("SOUR:VOLT:RANG 2;:SOUR:VOLT 3", -222), ("TRAC:DATA? 1,2", -222), ("READ? 5", -104),
        ("READ? 'defbuffer1',FOO", -224), ("TRAC:DEL 'defbuffer1'", -221), ("*LANG TSP", -221),
    ],
)  # fmt: skip
def test_refusals(command: str, code: int) -> None:
    talk = smu()
    assert talk.ask(command, patience=5.0) == ""
    assert talk.ask("SYST:ERR?").startswith(f"{code},")


def test_a_reading_is_true_within_the_data_sheet() -> None:
    for seed in range(20):
        talk = sourcing(1.0, seed=seed)
        source, current = values(talk.ask('READ? "defbuffer1",SOUR,READ'))
        assert abs(source - 1.0) <= (2e-4 + 300e-6) + (1.2e-4 + 300e-6) + 60e-6
        assert abs(current - 1e-3) <= (2e-4 * 1e-3 + 60e-9) + (2e-4 + 300e-6) / 1000 + 2e-7


def test_reading_time_is_integration_twice_with_readback() -> None:
    talk = sourcing()
    talk.say("SENS:CURR:NPLC 10;:SOUR:VOLT:READ:BACK OFF")
    talk.t = 1.0
    talk.ask("READ?")
    assert talk.t == pytest.approx(1.2002)
    talk.say("SOUR:VOLT:READ:BACK ON;:SENS:COUN 3")
    talk.t = 2.0
    talk.ask("READ?")
    assert talk.t == pytest.approx(2.0 + 3 * 0.4002)
    assert talk.ask("TRAC:ACT?") == "4"


def test_the_source_delay_passes_before_the_reading() -> None:
    talk = sourcing()
    talk.say("SENS:CURR:NPLC 1;:SOUR:VOLT:READ:BACK OFF;:SOUR:VOLT:DEL 0.5")
    talk.t = 10.0
    talk.say("SOUR:VOLT 0.5")
    talk.ask("READ?")
    assert talk.t == pytest.approx(10.5202)


def test_compliance_clamps_the_source_and_says_so() -> None:
    talk = sourcing(1.0)
    assert talk.ask("SOUR:VOLT:ILIM:TRIP?") == "0"
    talk.say("SOUR:VOLT:ILIM 1e-4")
    source, current = values(talk.ask('READ? "defbuffer1",SOUR,READ'))
    assert current == pytest.approx(1e-4, rel=4e-3) and source == pytest.approx(0.1, rel=8e-3)
    assert talk.ask("SOUR:VOLT:ILIM:TRIP?") == "1"
    assert int(talk.ask('READ? "defbuffer1",SOURSTAT')) == 128 + 32 + 8
    talk.say("SOUR:VOLT:ILIM 0.1;READ:BACK OFF;:SENS:CURR:RSEN ON")
    assert int(talk.ask('READ? "defbuffer1",SOURSTAT')) == 128 + 64
    talk.say("SOUR:FUNC CURR;:SOUR:CURR:VLIM 0.5;:SOUR:CURR 1e-3;:SENS:FUNC 'VOLT';:OUTP ON")
    assert float(talk.ask("READ?")) == pytest.approx(0.5, rel=5e-3)
    assert talk.ask("SOUR:CURR:VLIM:TRIP?;:SOUR:VOLT:ILIM:TRIP?") == "1;0"


def test_a_fixed_range_overflows() -> None:
    talk = sourcing(1.0)
    talk.say("SENS:CURR:RANG 1e-4")
    assert talk.ask("READ?") == "9.900000E+37"
    talk.say("SOUR:VOLT -1")
    assert talk.ask("READ?") == "-9.900000E+37"
    talk.say("SENS:CURR:RANG:AUTO ON")
    assert float(talk.ask("READ?")) == pytest.approx(-1e-3, rel=2e-3)


def test_nothing_is_measured_with_the_output_off() -> None:
    talk = sourcing()
    talk.say("OUTP OFF")
    assert talk.ask("READ?") == "9.910000E+37"
    assert talk.ask("SYST:ERR?").startswith('-221,"Settings conflict;the output is off')


@pytest.mark.parametrize(
    ("mode", "call"), [("HIMP", "open"), ("GUAR", "A"), ("NORM", "V"), ("ZERO", "V")]
)
def test_output_off_states(mode: str, call: str) -> None:
    port = Resistor()
    talk = sourcing(1.0, port)
    talk.say(f"OUTP:VOLT:SMOD {mode}", "OUTP OFF")
    assert port.calls[-1] == (call, 0.0, talk.t)


def test_rear_terminals_are_open() -> None:
    talk = sourcing()
    talk.say("ROUT:TERM REAR")
    assert talk.ask("OUTP?;:ROUT:TERM?") == "0;REAR"
    talk.say("OUTP ON")
    assert abs(float(talk.ask("READ?"))) < 1e-9


def test_measure_selects_the_function() -> None:
    talk = sourcing(1.0)
    assert float(talk.ask("MEAS:VOLT?")) == pytest.approx(1.0, abs=1.5e-3)
    assert talk.ask("SENS:FUNC?") == '"VOLT:DC"'
    assert float(talk.ask("MEAS:RES?")) == pytest.approx(1000.0, rel=3e-3)
    assert float(talk.ask("MEAS:CURR:DC? 'defbuffer2'")) == pytest.approx(1e-3, rel=2e-3)
    assert talk.ask("TRAC:ACT? 'defbuffer2'") == "1"


def test_elements() -> None:
    talk = sourcing(1.0)
    talk.t = 3600.25
    talk.say("SOUR:VOLT:READ:BACK OFF")
    answer = talk.ask("READ? 'defbuffer1',DATE,TIME,UNIT,SOUR,SOURUNIT,REL,SEC,STAT,FORM,TST")
    parts = answer.split(",")
    assert parts[:6] == [
        "01/01/2026", "01:00:00", "Amp DC", "1.000000E+00", "Volt DC", "0.000000000",
    ]  # fmt: skip
    assert parts[6:8] == [str(1767225600 + 3600), "8"]
    assert parts[8][-3:] in (" mA", " uA") and parts[9].startswith("01/01/2026 01:00:00.27")
    assert talk.ask("FETC? 'defbuffer1',UNIT") == "Amp DC"


SWEEP = ":SOUR:SWE:VOLT:LIN 0,1,5,0.1,1,BEST,OFF,OFF,'defbuffer1'"


def test_a_sweep_runs_as_timed_events() -> None:
    port = Resistor()
    talk = smu(port)
    talk.say("SENS:FUNC 'CURR';:SOUR:VOLT:ILIM 0.01", SWEEP, "TRAC:CLE", "INIT")
    assert talk.ask("OUTP?;:TRIG:STAT?;:TRAC:ACT?") == "1;RUNNING;RUNNING;2;0"
    point = 0.001 + 0.1 + 2 * 0.02 + 200e-6
    assert talk.ask("*WAI;:TRAC:ACT?") == "5" and talk.t == pytest.approx(5 * point)
    assert talk.ask("OUTP?;:TRIG:STAT?") == "0;IDLE;IDLE;0"
    rows = values(talk.ask("TRAC:DATA? 1,5,'defbuffer1',SOUR,READ,REL"))
    assert rows[0::3] == pytest.approx([0, 0.25, 0.5, 0.75, 1], abs=1.5e-3)
    assert rows[1::3] == pytest.approx([0, 0.25e-3, 0.5e-3, 0.75e-3, 1e-3], abs=2e-6)
    assert rows[2::3] == pytest.approx([i * point for i in range(5)], abs=1e-6)
    times = [t for _, _, t in port.calls]
    assert times == sorted(times)


def test_sweep_down_dual_log_step_and_abort() -> None:
    talk = smu()
    talk.say("SENS:FUNC 'CURR';:SOUR:VOLT:ILIM 0.00055", "SOUR:SWE:VOLT:LIN 1,0,3,0,1,AUTO,OFF,ON")
    assert talk.ask("INIT;*OPC?;:TRAC:ACT?") == "1;5"
    talk.say("TRAC:CLE", "SOUR:SWE:VOLT:LIN 0,1,11,0,1,BEST,ON")
    assert talk.ask("INIT;*OPC?;:TRAC:ACT?") == "1;7"
    talk.say("TRAC:CLE", "SOUR:SWE:VOLT:LIN:STEP 0,0.4,0.1,0,1,BEST,OFF")
    assert talk.ask("INIT;*OPC?;:TRAC:ACT?") == "1;5"
    talk.say("TRAC:CLE", "SOUR:SWE:VOLT:LOG 0.01,0.1,3,0,1,BEST,OFF", "SOUR:VOLT:READ:BACK OFF")
    talk.ask("INIT;*OPC?")
    levels = values(talk.ask("TRAC:DATA? 1,3,'defbuffer1',SOUR"))
    assert levels == pytest.approx([0.01, 0.1**1.5, 0.1], rel=1e-6)


def test_a_sweep_can_be_aborted() -> None:
    talk = smu()
    talk.say("SOUR:VOLT:ILIM 0.01", SWEEP, "INIT")
    talk.run(talk.t + 0.3)
    talk.say("ABOR")
    assert talk.ask("*OPC?;:OUTP?;:TRAC:ACT?") == "1;0;2"


def test_simple_loop() -> None:
    talk = sourcing()
    talk.say("TRIG:LOAD 'SimpleLoop',3,0.5", "TRAC:CLE", "INIT")
    assert talk.ask("*OPC?;:TRAC:ACT?") == "1;3"


def test_user_buffers_and_statistics() -> None:
    talk = sourcing()
    talk.say("TRAC:MAKE 'mine',10", "SENS:COUN 12", "TRAC:TRIG 'mine'")
    assert talk.ask("TRAC:ACT? 'mine'") == "10"
    mean, least, most, spread = (
        float(talk.ask(f"TRAC:STAT:{name}? 'mine'")) for name in ("AVER", "MIN", "MAX", "STDD")
    )
    assert least < mean < most and 0 < spread < 1e-7
    talk.say("TRAC:DEL 'mine'")
    assert talk.ask("TRAC:ACT? 'mine'", patience=1.0) == ""


def test_noise_falls_with_integration_and_filter() -> None:
    def spread(*commands: str) -> float:
        talk = sourcing(1.0, Resistor(1e9))
        talk.say("SENS:FUNC 'CURR'", *commands, "SENS:COUN 200", "READ?")
        talk.run(10_000.0)
        return float(talk.ask("TRAC:STAT:STDD?"))

    fast, usual = spread("CURR:NPLC 0.01"), spread("CURR:NPLC 1")
    assert fast > 5 * usual


@settings(max_examples=50, derandomize=True)
@given(st.lists(st.integers(0, 400), max_size=20))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    script = (
        b"*RST;:SOUR:FUNC VOLT\r\nSOUR:VOLT 1;VOLT:ILIM 0.01;:OUTP ON\n"
        b'READ? "defbuffer1",SOUR,READ\nFOO\nSYST:ERR?\n' + SWEEP.encode() + b"\n"
        b"TRAC:CLE;:INIT;*WAI\nTRAC:DATA? 1,5\n*STB?\n"
    )
    whole, split = smu(), smu()
    whole.send(script)
    for piece in pieces(script, cuts):
        split.send(piece)
    assert split.run(30.0) == whole.run(30.0) != b""


HEADERS = [
    "SOUR:VOLT", ":SOUR:FUNC", "READ?", "OUTP", "TRAC:DATA?", "SENS:FUNC", "SOUR:SWE:VOLT:LIN",
    "INIT", "*OPC?", "TRAC:CLE", "SOUR:VOLT:RANG", "SENS:CURR:RANG", "SOUR:CURR:VLIM", "*RST",
    "TRAC:MAKE", "MEAS:RES?", "ABOR", "ROUT:TERM", "SOUR:CURR", "SENS:COUN", "*WAI", "X:Y",
]  # fmt: skip
WORDS = ["1", "-0.5", "ON", "'defbuffer1'", "VOLT", "CURR", "'a", "1e3", "MAX", "READ", "", "(@"]


def test_random_messages_never_break_it() -> None:
    dice = random.Random(4)
    talk = smu()
    for _ in range(1000):
        arguments = ",".join(dice.choices(WORDS, k=dice.randrange(4)))
        talk.say(f"{dice.choice(HEADERS)} {arguments}")
        talk.run(talk.t + 0.01)
        talk.send(dice.randbytes(dice.randrange(30)) + b"\n")
    talk.emulator.clear(talk.t)
    talk.say("ABOR;*CLS")
    assert talk.ask("*IDN?").startswith("KEITHLEY")
