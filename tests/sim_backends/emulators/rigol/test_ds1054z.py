from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.conformance.hammer import hammer, settle
from sim_backends.emulators.rigol.ds1054z import EMULATOR
from sim_backends.models.signal import PeriodicSignal, pulse, sine, still
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces

SETUP = ":CHAN1:PROB 1;SCAL 0.5;:TIM:SCAL 2e-4;:CHAN2:DISP ON;PROB 1;SCAL 1"


def scope(*signals: PeriodicSignal, seed: int = 1, setup: str = SETUP) -> Talk:
    known = sine(1.0, 1000.0), pulse(0.0, 3.0, 10e3, 0.25, 1e-6), still(0.5), still()
    ports = tuple(signals) + known[len(signals) :]
    talk = Talk(EMULATOR(ports, serial="SIM-5", rng=stream(seed, "ds1054z")))
    talk.say(setup)
    talk.run(0.5)
    return talk


def block(data: bytes) -> bytes:
    """Content of a block `#9<nine digits>`, its length and terminator checked."""
    count = int(data[2:11])
    assert data[:2] == b"#9" and len(data) == 11 + count + 1 and data[-1:] == b"\n"
    return data[11:-1]


def volts(talk: Talk) -> tuple[np.ndarray, np.ndarray]:
    fields = talk.ask(":WAV:PRE?").split(",")
    dx, x0, dy, y0, yref = (float(fields[index]) for index in (4, 5, 7, 8, 9))
    codes = np.frombuffer(block(talk.answer(b":WAV:DATA?\n")), dtype=np.uint8)
    return x0 + dx * np.arange(codes.size), (codes - y0 - yref) * dy


def test_identity_and_preamble() -> None:
    talk = scope()
    assert talk.ask("*IDN?") == "RIGOL TECHNOLOGIES,DS1054Z,SIM-5,00.04.04.SP4"
    # MSO1000Z/DS1000Z programming guide 2-226: ten fields, 1200 points of 1/100 division.
    fields = talk.ask(":WAV:PRE?").split(",")
    assert fields[:4] == ["0", "0", "1200", "1"] and fields[6] == "0" and fields[8:] == ["0", "127"]
    assert float(fields[4]) == pytest.approx(2e-6) and float(fields[5]) == pytest.approx(-1.2e-3)
    assert talk.ask(":WAV:XINC?;YINC?;YREF?") == f"{fields[4]};{fields[7]};{fields[9]}"
    assert talk.ask(":TRIG:STAT?;:SYST:ERR?") == 'TD;0,"No error"'


@pytest.mark.parametrize("seed", range(4))
def test_the_screen_shows_the_signal_from_its_trigger_on(seed: int) -> None:
    talk = scope(seed=seed)
    talk.say(":TRIG:EDGE:SOUR CHAN1;LEV 0.2;SLOP POS")
    talk.run(talk.t + 0.2)
    t, v = volts(talk)
    expected = np.sin(2 * np.pi * 1000 * t + np.arcsin(0.2))
    # DC gain 3 % of reading, 0.1 division of offset, noise.
    assert np.max(np.abs(v - expected)) < 0.03 + 0.05 + 0.06
    assert v.size == 1200 and abs(t[600]) < 1e-9


def test_measurements() -> None:
    talk = scope()
    asked = {name: float(talk.ask(f":MEAS:ITEM? {name},CHAN1")) for name in ("VPP", "FREQ", "VRMS")}
    assert asked["VPP"] == pytest.approx(2.0, rel=0.1) and asked["FREQ"] == pytest.approx(
        1e3, rel=5e-3
    )
    assert asked["VRMS"] == pytest.approx(0.7071, rel=0.05)
    talk.say(":TIM:SCAL 2e-5;:TRIG:EDGE:SOUR CHAN2;:TRIG:EDGE:LEV 1.5")
    talk.run(talk.t + 0.5)
    talk.say(":MEAS:SOUR CHAN2")
    high, width, rise, duty = (
        float(talk.ask(f":MEAS:ITEM? {n}")) for n in ("VTOP", "PWID", "RTIM", "PDUT")
    )
    assert high == pytest.approx(3.0, rel=0.07) and width == pytest.approx(25e-6, rel=0.01)
    assert rise == pytest.approx(0.8e-6, rel=0.1) and duty == pytest.approx(0.25, rel=0.01)


def test_no_value() -> None:
    talk = scope()
    assert talk.ask(":MEAS:ITEM? FREQ,CHAN3") == "9.9E37", "a channel that is off"
    talk.say(":CHAN3:DISP ON;PROB 1;SCAL 1;:TIM:SCAL 5e-5")
    talk.run(talk.t + 0.5)
    assert talk.ask(":MEAS:ITEM? FREQ,CHAN3") == "9.9E37", "a direct voltage"
    assert talk.ask(":MEAS:ITEM? PER,CHAN1") == "9.9E37", "less than a period"
    talk.say(":CHAN1:SCAL 0.05;:TIM:SCAL 2e-4")
    talk.run(talk.t + 0.5)
    assert talk.ask(":MEAS:ITEM? VMAX,CHAN1") == "9.9E37", "beyond the converter"
    assert set(block(talk.answer(b":WAV:DATA?\n"))) >= {0, 255}


def test_single_and_memory_in_batches() -> None:
    talk = scope()
    talk.say(":ACQ:MDEP 60000;:SING")
    assert talk.ask(":TRIG:STAT?;SWE?") in ("WAIT;SING", "RUN;SING")
    talk.run(talk.t + 0.2)
    assert talk.ask(":TRIG:STAT?") == "STOP"
    talk.say(":WAV:MODE RAW")
    rate = float(talk.ask(":ACQ:SRAT?"))
    assert rate == pytest.approx(60000 / 2.4e-3) and talk.ask(":WAV:PRE?").split(",")[2] == "60000"
    talk.say(":WAV:STAR 1;STOP 60000")
    whole = block(talk.answer(b":WAV:DATA?\n"))
    parts = b""
    for start in range(1, 60001, 20000):
        talk.say(f":WAV:STAR {start};STOP {start + 19999}")
        parts += block(talk.answer(b":WAV:DATA?\n"))
    assert parts == whole
    talk.say(":WAV:FORM WORD;STAR 1;STOP 100")
    assert block(talk.answer(b":WAV:DATA?\n"))[::2] == whole[:100]
    talk.say(":WAV:FORM ASC")
    first = float(block(talk.answer(b":WAV:DATA?\n")).split(b",")[0])
    assert first == pytest.approx((whole[0] - 127) * 0.02)


def test_reads_have_a_limit() -> None:
    talk = scope(setup=SETUP + ";:CHAN2:DISP OFF;:ACQ:MDEP 1200000;:SING")
    talk.say(":WAV:MODE RAW;STAR 1;STOP 250001")
    assert talk.ask(":WAV:DATA?", 1.0) == ""
    assert talk.ask(":SYST:ERR?").startswith("-222,")
    talk.say(":WAV:STOP 250000")
    assert len(block(talk.answer(b":WAV:DATA?\n"))) == 250000
    talk.say(":RUN")
    assert talk.ask(":WAV:DATA?", 1.0) == "" and talk.ask(":SYST:ERR?").startswith("-221,")


def test_without_a_trigger() -> None:
    talk = scope()
    talk.say(":TRIG:EDGE:LEV 1.9;:TRIG:SWE NORM")
    talk.run(talk.t + 0.5)
    assert talk.ask(":TRIG:STAT?") == "WAIT" and block(talk.answer(b":WAV:DATA?\n")) == b""
    talk.say(":TRIG:SWE AUTO")
    talk.run(talk.t + 0.5)
    assert talk.ask(":TRIG:STAT?") == "AUTO" and len(block(talk.answer(b":WAV:DATA?\n"))) == 1200
    talk.say(":SING")
    talk.run(talk.t + 5.0)
    assert talk.ask(":TRIG:STAT?") == "WAIT"
    talk.say(":TFOR")
    assert talk.ask(":TRIG:STAT?") == "STOP"


def test_offset_coupling_and_probe() -> None:
    talk = scope(sine(0.5, 1000.0, offset=2.0))
    talk.say(":CHAN1:SCAL 0.5;OFFS -2;:TRIG:EDGE:LEV 2")
    talk.run(talk.t + 0.2)
    _, v = volts(talk)
    assert np.mean(v) == pytest.approx(2.0, abs=0.12)
    talk.say(":CHAN1:COUP AC;OFFS 0;:TRIG:EDGE:LEV 0")
    talk.run(talk.t + 0.2)
    assert float(talk.ask(":MEAS:ITEM? VAVG,CHAN1")) == pytest.approx(0.0, abs=0.06)
    assert talk.ask(":CHAN1:SCAL?") == "5.000000e-01"
    talk.say(":CHAN1:PROB 10")
    assert talk.ask(":CHAN1:SCAL?;PROB?;RANG?") == "5.000000e+00;10;4.000000e+01"
    talk.say(":CHAN1:PROB 3")
    assert talk.ask(":SYST:ERR?").startswith("-222,")


SCRIPT = (
    b"*RST\r\n:CHAN1:SCAL 0.5\n:TIM:SCAL 0.0002\n:SING\n:TRIG:STAT?\nFOO\n:WAV:PRE?\n"
    b":MEAS:ITEM? VPP,CHAN1\n:SYST:ERR?\n:STOP;:WAV:DATA?\n"
)


@settings(max_examples=15, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 150), max_size=8))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    whole, split = scope(), scope()
    whole.send(SCRIPT)
    for piece in pieces(SCRIPT, cuts):
        split.send(piece)
    assert split.run(5.0) == whole.run(5.0) != b""


def test_random_bytes_never_break_it() -> None:
    emulator = scope().emulator
    t = hammer(emulator, [line + b"\n" for line in SCRIPT.split(b"\n")], 200, stream(1, "hammer"))
    settle(emulator, t + 10.0)
    emulator.clear(t + 10.0)
    assert Talk(emulator).ask("*CLS;*OPC?") == "1"
