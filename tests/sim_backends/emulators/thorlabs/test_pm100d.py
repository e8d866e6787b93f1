from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.thorlabs.pm100d import EMULATOR
from sim_backends.emulators.thorlabs.sensor import responsivity
from sim_backends.models.reference.steady_beam import SteadyBeam
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces

NOTHING = '+0,"No error"'


def meter(watts: float = 1e-3, metres: float = 635e-9, seed: int = 1) -> Talk:
    return console(SteadyBeam(watts, metres), seed)


def console(beam: SteadyBeam, seed: int = 1) -> Talk:
    return Talk(EMULATOR(beam, serial="SIM-5", rng=stream(seed, "pm100d")))


def test_identity() -> None:
    talk = meter()
    assert talk.ask("*IDN?") == "Thorlabs,PM100D,SIM-5,2.4.0"
    # Operation manual, SYSTem:SENSor:IDN?: name, serial, calibration, type, subtype, flags;
    # 289 is a power sensor (1) with settable wavelength (32) and a temperature sensor (256).
    assert talk.ask("SYST:SENS:IDN?") == "S120C,SIM-5-H,01-Jan-2026,1,18,289"
    assert talk.ask("SYST:ERR?") == NOTHING
    assert talk.ask("SYSTem:SENSor:IDN?;*OPC?").endswith(",289;1")


@pytest.mark.parametrize("watts", [1e-6, 1e-4, 5e-3, 40e-3])
@pytest.mark.parametrize("seed", range(5))
def test_power_is_true_within_the_data_sheet(watts: float, seed: int) -> None:
    talk = meter(watts, seed=seed)
    talk.say("SENS:CORR:WAV 635")
    power = float(talk.ask("MEAS:POW?"))
    full = float(talk.ask("SENS:POW:RANG:UPP?"))
    assert power == pytest.approx(watts, abs=0.03 * watts + 7e-3 * full)
    assert watts <= full * 1.05


def test_the_wavelength_sets_the_responsivity() -> None:
    talk = meter(1e-3, 850e-9)
    talk.say("SENSE:CORR:WAV 850")
    right = float(talk.ask("READ?"))
    talk.say("SENS:CORR:WAV 500 NM")
    wrong = float(talk.ask("READ?"))
    assert wrong / right == pytest.approx(responsivity(850) / responsivity(500), rel=5e-3)
    assert talk.ask("SENS:CORR:WAV?") == "5.000000E+02"
    assert talk.ask("SENS:CORR:WAV? MIN;WAV? MAX") == "4.000000E+02;1.100000E+03"
    talk.say("CORR:WAV 1550")
    assert talk.ask("SYST:ERR?").startswith("-222,")
    assert talk.ask("CORR:WAV?") == "5.000000E+02"


def test_a_fixed_range_overflows() -> None:
    talk = meter(1e-3)
    assert talk.ask("POW:RANG:AUTO?") == "1"
    talk.say("POW:RANG 1e-5")
    assert talk.ask("POW:RANG:AUTO?") == "0" and talk.ask("MEAS:POW?") == "9.90000000E+37"
    assert talk.ask("STAT:QUES:COND?") == "8"
    talk.say("SENS:POW:RANG:AUTO ON")
    assert float(talk.ask("MEAS:POW?")) == pytest.approx(1e-3, rel=0.06)
    assert meter(1.0).ask("MEAS:POW?") == "9.90000000E+37"


def test_units_and_corrections() -> None:
    talk = meter(1e-3)
    watts = float(talk.ask("MEAS:POW?"))
    talk.say("SENS:POW:UNIT DBM")
    assert talk.ask("SENS:POW:UNIT?") == "DBM"
    assert float(talk.ask("MEAS:POW?")) == pytest.approx(0.0, abs=0.2)
    talk.say("SENS:POW:UNIT W;:SENS:CORR 10")
    assert float(talk.ask("MEAS?")) == pytest.approx(10 * watts, rel=5e-3)
    talk.say("SENS:CORR:LOSS:INP:MAGN 0;:POW:REF 1e-3;REF:STAT ON")
    assert float(talk.ask("READ?")) == pytest.approx(0.0, abs=5e-5)
    assert float(talk.ask("MEAS:CURR?")) == pytest.approx(67e-6, rel=0.05)
    assert float(talk.ask("MEAS:PDEN?")) > 0 and 20 < float(talk.ask("MEAS:TEMP?")) < 30
    assert talk.ask("CONF?") == "TEMP"


def test_averaging_takes_time_and_lowers_the_noise() -> None:
    def spread(count: int) -> float:
        talk = meter(1e-3)
        talk.say(f"SENS:AVER:COUN {count}")
        values = [float(talk.ask("READ?")) for _ in range(60)]
        mean = sum(values) / 60
        return (sum((v - mean) ** 2 for v in values) / 60) ** 0.5

    assert 5 < spread(1) / spread(100) < 20
    talk = meter()
    talk.say("SENS:AVER 1000")
    begun = talk.t
    talk.ask("MEAS:POW?")
    assert talk.t - begun == pytest.approx(3.0)


def test_zero_needs_a_dark_head() -> None:
    beam = SteadyBeam(1e-3)
    talk = console(beam)
    talk.say("SENS:CORR:COLL:ZERO:INIT")
    assert talk.ask("SENS:CORR:COLL:ZERO:STAT?;:STAT:OPER:COND?") == "1;1"
    assert talk.ask("*OPC?") == "1"
    assert talk.ask("SYST:ERR?") == '-340,"Calibration failed"'
    beam.blocked = True
    dark = float(talk.ask("MEAS:POW?"))
    talk.say("SENS:CORR:COLL:ZERO")
    assert talk.ask("*OPC?;:SYST:ERR?") == f"1;{NOTHING}"
    assert float(talk.ask("SENS:CORR:COLL:ZERO:MAGN?")) != 0.0
    talk.say("AVER 100")
    assert abs(float(talk.ask("MEAS:POW?"))) < max(abs(dark) / 4, 5e-11)


def test_init_and_fetch() -> None:
    talk = meter()
    assert talk.ask("FETC?;*OPC?", 1.0) == ""
    assert talk.ask("SYST:ERR?").startswith("-230,")
    talk.say("CONF:POW;:INIT")
    first = talk.ask("FETC?")
    assert float(first) == pytest.approx(1e-3, rel=0.06) and talk.ask("FETC?") == first
    for command in ("MEAS:ENER?", "CORR:POW 0.1", "FOO?", "AVER", "AVER 0"):
        talk.ask(command, 0.5)
    codes = [talk.ask("SYST:ERR?").split(",")[0] for _ in range(6)]
    assert codes == ["-221", "-221", "-113", "-109", "-222", "+0"]


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 200), max_size=12))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    script = b"*RST\r\nSENS:CORR:WAV 532\nMEAS:POW?\nFOO\nSYST:ERR?\nSENS:AVER 10;:READ?;*OPC?\n"
    whole, split = meter(), meter()
    whole.send(script)
    for piece in pieces(script, cuts):
        split.send(piece)
    assert split.run(30.0) == whole.run(30.0) != b""


def test_random_bytes_never_break_it() -> None:
    dice, talk = random.Random(5), meter()
    words = [b"READ?", b"SENS:", b"POW:", b"RANG", b" 1", b";", b":", b"'", b",", b"*OPC?", b"\n",
             b"MEAS:POW?", b"CORR:COLL:ZERO", b"INIT", b"FETC?", b"ABOR", b"AUTO ON"]  # fmt: skip
    for _ in range(2000):
        talk.send(b"".join(dice.choices(words, k=6)) + dice.randbytes(2) + b"\n")
        talk.run(talk.t + 0.05)
    talk.emulator.clear(talk.t)
    assert talk.ask("*CLS;*OPC?") == "1"
