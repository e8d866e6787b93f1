from __future__ import annotations

import random
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.yokogawa.aq6370 import EMULATOR
from sim_backends.models.reference.laser_spectrum import Line, SteadySpectrum
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces

PEAK, SIDE = 1550.12e-9, 1551.32e-9
LASER = SteadySpectrum((Line(PEAK, 1e-3, 1e-15), Line(SIDE, 1e-3 * 10**-4.5, 1e-15)), 10.0)


def fresh(port: SteadySpectrum = LASER, seed: int = 1) -> Talk:
    return Talk(EMULATOR(port, serial="SIM-3", rng=stream(seed, "aq6370")))


def ask(talk: Talk, command: str, patience: float = 600.0) -> str:
    answer = talk.answer(command.encode("ascii") + b"\n", patience).decode("latin-1")
    assert not answer or answer.endswith("\r\n")
    return answer.removesuffix("\r\n")


def analyser(port: SteadySpectrum = LASER, seed: int = 1) -> Talk:
    talk = fresh(port, seed)
    assert ask(talk, 'OPEN "anonymous"') == "AUTHENTICATE CRAM-MD5."
    assert ask(talk, " ") == "ready"
    return talk


def swept(port: SteadySpectrum = LASER, seed: int = 1, resolution: str = "0.05NM") -> Talk:
    talk = analyser(port, seed)
    talk.say(":SENS:WAV:CENT 1550.5NM;SPAN 5NM", f":SENS:BAND {resolution}", ":SENS:SENS HIGH1",
             ":INIT:SMOD SINGLE", ":INIT")  # fmt: skip
    assert ask(talk, "*OPC?") == "1"
    return talk


def array(text: str) -> np.ndarray:
    return np.array([float(part) for part in text.split(",")])


def test_nothing_is_answered_before_the_log_in() -> None:
    talk = fresh()
    assert ask(talk, "*IDN?") == ""
    assert ask(talk, 'open "anonymous"') == "AUTHENTICATE CRAM-MD5."
    assert ask(talk, "") == "ready"
    assert ask(talk, "*IDN?") == "YOKOGAWA,AQ6370D,SIM-3,03.06"
    talk.emulator.clear(talk.t)
    assert ask(talk, "*OPC?") == "1", "a device clear is no log-out"
    assert ask(talk, 'OPEN "somebody"') == "AUTHENTICATE CRAM-MD5."
    assert ask(talk, "password") == "" and ask(talk, "*IDN?") == ""
    ask(talk, 'OPEN "anonymous"')
    assert ask(talk, "x") == "ready"
    talk.say("CLOSE")
    assert ask(talk, "*IDN?") == ""


def test_numbers_and_settings() -> None:
    talk = analyser()
    talk.say(":SENS:WAV:STAR 1540NM;STOP 1560NM")
    assert ask(talk, ":SENS:WAV:CENT?;SPAN?") == "+1.55000000E-006;+2.00000000E-008"
    talk.say(":SENSe:WAVelength:CENTer 193.414489THZ")
    assert float(ask(talk, ":SENS:WAV:CENT?")) == pytest.approx(1550.00e-9, abs=1e-12)
    talk.say(":SENS:BWID 0.07NM")
    assert float(ask(talk, ":SENS:BAND:RES?")) == pytest.approx(0.05e-9)
    talk.say(":SENS:SENS HIGH3", ":SENS:AVER:COUN 4", ":SENS:SWE:POIN 501")
    assert ask(talk, ":SENS:SENS?;AVER:COUN?;:SENS:SWE:POIN?;POIN:AUTO?") == "5;4;501;0"
    talk.say(":SENS:SENS 6", ":INIT:SMOD 1", ":SENSe:SWEep:POINts:AUTO 1")
    assert ask(talk, ":SENS:SENS?;:INIT:SMOD?") == "6;1"
    for command, code in ((":SENS:WAV:CENT 500NM", -222), (":SENS:SENS LOUD", -224),
                          (":SENS:FOO 1", -113), (":SENS:BAND 1V", -131)):  # fmt: skip
        talk.say(command)
        assert ask(talk, ":SYST:ERR?").startswith(f"{code},"), command


def test_the_error_buffer_keeps_the_last_error() -> None:
    talk = analyser()
    talk.say(":FOO", ":SENS:WAV:CENT 1NM")
    assert ask(talk, ":SYST:ERR?").startswith("-222,")
    assert ask(talk, ":SYST:ERR?") == '0,"No error"'


@pytest.mark.parametrize("seed", range(5))
def test_the_peak_is_true_within_the_data_sheet(seed: int) -> None:
    talk = swept(seed=seed)
    talk.say(":CALC:MARK:MAX")
    assert float(ask(talk, ":CALC:MARK:X? 0")) == pytest.approx(PEAK, abs=16e-12)
    assert float(ask(talk, ":CALC:MARK:Y? 0")) == pytest.approx(0.0, abs=0.55)
    x, y = array(ask(talk, ":TRAC:X? TRA")), array(ask(talk, ":TRAC:Y? TRA"))
    assert len(x) == len(y) == int(ask(talk, ":TRAC:SNUM? TRA"))
    assert x[np.argmax(y)] == float(ask(talk, ":CALC:MARK:X? 0"))


def test_calibration_takes_most_of_the_wavelength_error_away() -> None:
    def error(talk: Talk) -> float:
        talk.say(":SENS:WAV:CENT 1550.12NM;SPAN 0.2NM", ":SENS:SWE:POIN 2001", ":INIT:SMOD 1",
                 ":INIT", ":CALC:CAT SWTH", ":CALC")  # fmt: skip
        return float(ask(talk, ":CALC:DATA?").split(",")[0]) - PEAK

    def calibrated(seed: int) -> tuple[float, float]:
        talk = analyser(seed=seed)
        talk.say(":SENS:BAND 0.02NM")
        before = error(talk)
        talk.say(":CAL:WAV:INT")
        assert ask(talk, ":STAT:OPER:COND?") == "1" and ask(talk, "*OPC?") == "1"
        return before, error(talk)

    pairs = [calibrated(seed) for seed in range(4)]
    assert (
        max(abs(after) for _, after in pairs) < 3.3e-12 < max(abs(b) for b, _ in pairs) < 10.3e-12
    )


def test_the_resolution_is_the_width_of_a_narrow_line() -> None:
    for resolution, wanted in (("0.05NM", 0.05e-9), ("0.2NM", 0.2e-9)):
        talk = swept(resolution=resolution)
        talk.say(":CALC:CAT SWTH", ":CALC:PAR:SWTH:TH 3.0103DB", ":CALC")
        assert array(ask(talk, ":CALC:DATA?"))[1] == pytest.approx(wanted, rel=0.06)
    bandwidths = array(ask(talk, ":CALC:ARES? TRA"))
    assert bandwidths[0] == pytest.approx(0.2e-9 * 1.0645, rel=0.06)


def test_side_mode_suppression_and_power() -> None:
    talk = swept()
    talk.say(":CALC:CAT SMSR", ":CALC")
    x1, _, x2, _, away, suppression = array(ask(talk, ":CALC:DATA?"))
    assert (x1, x2) == (pytest.approx(PEAK, abs=16e-12), pytest.approx(SIDE, abs=16e-12))
    assert away == pytest.approx(SIDE - PEAK, abs=11e-12)
    assert suppression == pytest.approx(45.0, abs=0.3) and ask(talk, ":CALC:CAT?") == "8"
    talk.say(":CALC:CAT POW", ":CALC")
    assert float(ask(talk, ":CALC:DATA?")) == pytest.approx(0.0, abs=0.5)
    talk.say(":CALC:CAT DFBL", ":CALC")
    assert array(ask(talk, ":CALC:DATA?"))[4] == pytest.approx(45.0, abs=0.3)
    talk.say(":CALC:CAT NF", ":CALC")
    assert ask(talk, ":SYST:ERR?").startswith("-221,")


def test_signal_to_noise_in_a_tenth_of_a_nanometre() -> None:
    lone = SteadySpectrum((Line(PEAK, 1e-3, 1e-15),), 10.0)
    talk = swept(lone, resolution="0.1NM")
    talk.say(":SENS:SENS HIGH2", ":SENS:AVER:COUN 4", ":INIT", ":CALC:CAT WDM",
             ":CALC:PAR:WDM:NAR 1NM", ":CALC")  # fmt: skip
    row = array(ask(talk, ":CALC:DATA?"))
    # 1 mW over 10 W/m x 0.1 nm = 1 nW is 60 dB.
    assert row[0] == 1.0 and row[1] == pytest.approx(PEAK, abs=21e-12)
    assert row[6] == pytest.approx(60.0, abs=1.5)
    assert ask(talk, ":CALC:DATA:NCH?") == "1"
    assert array(ask(talk, ":CALC:DATA:CSNR?"))[0] == row[6]


def test_a_dark_fibre_shows_the_floor_of_the_sensitivity() -> None:
    def floor(name: str) -> float:
        talk = analyser(SteadySpectrum((), 0.0))
        talk.say(":SENS:WAV:CENT 1550NM;SPAN 5NM", f":SENS:SENS {name}", ":INIT:SMOD 1", ":INIT")
        level = array(ask(talk, ":TRAC:Y? TRA"))
        assert level.min() == -210.0
        return float(level.max())

    assert floor("HIGH3") < -85.0 < -72.0 < floor("MID") < -62.0


def test_a_sweep_takes_its_time_and_reading_waits_for_it() -> None:
    talk = analyser()
    talk.say(":SENS:WAV:CENT 1550NM;SPAN 100NM", ":SENS:SENS HIGH1", ":INIT:SMOD SING")
    assert ask(talk, ":STAT:OPER:COND?") == "9"
    began = talk.t
    talk.say("*CLS", ":INIT")
    assert ask(talk, ":STAT:OPER:COND?") == "8" and ask(talk, ":STAT:OPER?") == "0"
    assert ask(talk, ":TRAC:SNUM? TRA") != "0"
    assert talk.t - began == pytest.approx(5.3, abs=0.2)
    assert ask(talk, ":STAT:OPER:EVEN?;COND?") == "1;9" and ask(talk, ":STAT:OPER:EVEN?") == "0"
    talk.say(":INIT")
    talk.run(talk.t + 1.0)
    talk.say(":ABOR")
    assert ask(talk, "*OPC?") == "1" and talk.t - began < 8.0


def test_repeated_sweeps_go_on_while_settings_change() -> None:
    talk = analyser()
    talk.say(":SENS:WAV:CENT 1550NM;SPAN 5NM", ":INIT:SMOD REP", ":INIT")
    talk.run(talk.t + 3.0)
    assert ask(talk, ":TRAC:SNUM? TRA") != "0" and ask(talk, ":STAT:OPER:COND?") == "8"
    talk.say(":SENS:WAV:SPAN 10NM")
    talk.run(talk.t + 3.0)
    x = array(ask(talk, ":TRAC:X? TRA"))
    assert x[-1] - x[0] == pytest.approx(10e-9)
    talk.say(":ABOR")
    assert ask(talk, "*OPC?;:STAT:OPER:COND?") == "1;9"


def test_traces_formats_and_parts() -> None:
    talk = swept()
    level = array(ask(talk, ":TRAC:Y? TRA"))
    assert ask(talk, ":TRAC:Y? TRA,5,7").count(",") == 2
    for form, code, size in (("REAL", "d", 8), ("REAL,32", "f", 4)):
        talk.say(f":FORM {form}")
        block = talk.answer(b":TRAC:Y? TRA\n")
        digits = int(block[1:2])
        length = int(block[2 : 2 + digits])
        body = block[2 + digits : -2]
        assert (
            block[:1] == b"#" and block[-2:] == b"\r\n" and len(body) == length == size * len(level)
        )
        assert struct.unpack(f"<{len(level)}{code}", body) == pytest.approx(tuple(level), rel=1e-6)
    assert ask(talk, ":FORM?") == "REAL,32"
    talk.say(":FORM ASC", ":TRAC:COPY TRA,TRB", ":TRAC:DEL TRA")
    assert ask(talk, ":TRAC:SNUM? TRA;SNUM? TRB") == f"0;{len(level)}"
    assert ask(talk, ":TRAC:X? TRA", 2.0) == "" and ask(talk, ":SYST:ERR?").startswith("-230,")
    talk.say(":TRAC:ACT TRC", ":TRAC:ATTR:TRC WRIT", ":INIT")
    assert ask(talk, ":TRAC:SNUM? TRC;ACT?") == f"{len(level)};TRC"
    talk.say(":TRAC:ATTR:TRC FIX")
    assert ask(talk, ":TRAC:ATTR:TRC?") == "1"


def test_markers_shifts_steps_and_automatic_analysis() -> None:
    talk = analyser()
    talk.say(":SENS:WAV:CENT 1550.5NM;SPAN 5NM", ":SENS:SWE:STEP 0.005NM", ":SENS:BAND 0.05NM",
             ":CALC:CAT SMSR", ":CALC:AUTO ON", ":INIT:SMOD 1", ":INIT")  # fmt: skip
    assert ask(talk, ":SENS:SWE:POIN?") == "1001"
    assert array(ask(talk, ":CALC:DATA?"))[5] == pytest.approx(45.0, abs=0.8)
    talk.say(":CALC:AMAR1:MAX", ":CALC:AMAR2:X 1551.32NM", ":CALC:AMAR3 ON;:CALC:AMAR3 OFF")
    first, second = (float(ask(talk, f":CALC:AMAR{n}:Y?")) for n in (1, 2))
    assert first - second == pytest.approx(45.0, abs=1.0)
    before = float(ask(talk, ":CALC:AMAR:X?"))
    talk.say(":SENS:CORR:WAV:SHIF 1NM;:SENS:CORR:LEV:SHIF 3DB", ":INIT", ":CALC:AMAR1:MAX")
    assert float(ask(talk, ":CALC:AMAR1:X?")) - before == pytest.approx(1e-9, abs=6e-12)
    assert float(ask(talk, ":CALC:AMAR1:Y?")) - first == pytest.approx(3.0, abs=0.05)
    talk.say(":CALC:AMAR1:AOFF")
    assert ask(talk, ":CALC:AMAR1?;:CALC:AMAR3?") == "0;0"


def test_air_is_shorter_than_vacuum() -> None:
    talk = analyser()
    talk.say(":SENS:WAV:CENT 1550NM;SPAN 2NM", ":SENS:BAND 0.02NM", ":INIT:SMOD 1",
             ":SENS:CORR:RVEL:MED AIR", ":INIT", ":CALC:MARK:MAX")  # fmt: skip
    air = float(ask(talk, ":CALC:MARK:X? 0"))
    # The index of standard air at 1550 nm is 1.000273.
    assert PEAK / air == pytest.approx(1.000273, abs=1.5e-5)


def test_what_was_not_measured_is_refused() -> None:
    talk = analyser()
    for command, code in ((":CALC:DATA?", -400), (":CALC", -230), (":CALC:MARK:Y? 0", -221),
                          (":CALC:MARK:Y? 3", -224)):  # fmt: skip
        ask(talk, command, 1.0)
        assert ask(talk, ":SYST:ERR?").startswith(f"{code},"), command
    talk.say(":INIT:SMOD AUTO", ":INIT")
    assert ask(talk, ":SYST:ERR?").startswith("-221,")


@settings(max_examples=20, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 200), max_size=8))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    script = (
        b'OPEN "anonymous"\r\n\r\n*RST\r\n:SENS:WAV:CENT 1550NM;SPAN 1NM\n:INIT:SMOD 1\n'
        b":INIT\n:TRAC:SNUM? TRA\nFOO\n:SYST:ERR?\n*OPC?\n"
    )
    whole, split = fresh(), fresh()
    whole.send(script)
    for piece in pieces(script, cuts):
        split.send(piece)
    assert split.run(30.0) == whole.run(30.0) != b""


def test_random_words_never_break_it() -> None:
    dice, talk = random.Random(5), analyser()
    words = [":INIT", ":SENS:", "WAV:", "SPAN", " 1NM", " 0", ":CALC", ":CAT SMSR", ";", "?",
             ":ABOR", ":TRAC:Y? TRA", ":INIT:SMOD 2", ":CAL:ZERO ONCE", "*RST", ":FORM REAL",
             " WDM", ":CALC:MARK:MAX", 'OPEN "anonymous"', "CLOSE"]  # fmt: skip
    for _ in range(300):
        talk.send("".join(dice.choices(words, k=4)).encode("ascii") + b"\n")
        talk.run(talk.t + dice.choice([0.01, 1.0]))
    talk.emulator.clear(talk.t)
    ask(talk, 'OPEN "anonymous"')
    assert ask(talk, "") == "ready" and ask(talk, ":ABOR;*CLS;*OPC?") == "1"
