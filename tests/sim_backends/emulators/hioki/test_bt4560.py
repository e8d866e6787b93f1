from __future__ import annotations

import math

import pytest

from sim_backends.conformance.hammer import hammer, settle
from sim_backends.emulators.hioki.bt4560 import EMULATOR
from sim_backends.emulators.hioki.bt4560_specs import stepped
from sim_backends.models.impedance import LivePort
from sim_backends.models.reference.randles_cell import RandlesCell
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

CELL = RandlesCell(1.2e-3, 0.9e-3, 5.0, volts=1.86)
COMMAND, EXECUTION = 32, 16


class Serial(Talk):
    """A host on a line whose answers end with CR LF."""

    def ask(self, command: str, patience: float = 60.0) -> str:
        return super().ask(command, patience).rstrip("\r")


def meter(port: LivePort = CELL, seed: int = 1) -> Serial:
    return Serial(EMULATOR(port, serial="SIM-5", rng=stream(seed, "bt4560")))


def numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]


def triggered(talk: Talk, hertz: float, **settings: str) -> list[float]:
    talk.say("*CLS;:INIT:CONT OFF;:TRIG:SOUR IMM")
    talk.say(f":FREQ {hertz}")
    for command in settings.values():
        talk.say(command)
    return numbers(talk.ask(":READ?", 200.0))


def test_identity_has_no_serial_number() -> None:
    assert meter().ask("*IDN?") == "HIOKI,BT4560,0,V1.01"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("hertz", [0.1, 1.0, 100.0, 1000.0])
def test_r_x_and_v_are_true_within_the_data_sheet(hertz: float, seed: int) -> None:
    talk = meter(seed=seed)
    r, x, v = triggered(talk, hertz, rate=":SAMP:RATE Z,SLOW")
    true = CELL.impedance(hertz, 0.0, 0.0)
    digits = 8e-7
    assert abs(r - true.real) < 0.004 * abs(true.real) + 0.0017 * abs(true.imag) + digits
    assert abs(x - true.imag) < 0.004 * abs(true.imag) + 0.0017 * abs(true.real) + digits
    assert abs(v - 1.86) < 3.5e-5 * 1.86 + 5e-5


def test_modulus_and_angle() -> None:
    talk = meter()
    z, angle = triggered(talk, 1.0, function=":FUNC Z")
    true = CELL.impedance(1.0, 0.0, 0.0)
    assert z == pytest.approx(abs(true), rel=0.006)
    assert angle == pytest.approx(math.degrees(math.atan2(true.imag, true.real)), abs=0.4)


def test_a_reading_takes_its_waves() -> None:
    talk = meter()
    talk.say(":INIT:CONT OFF;:FREQ 0.1;:FUNC R;:SAMP:RATE Z,FAST")
    began = talk.t
    assert talk.ask(":READ?", 100.0)
    assert talk.t - began >= 10.0
    assert talk.ask("*ESR?") in ("0", "128")


def test_triggers() -> None:
    talk = meter()
    talk.say("*CLS")
    talk.say(":READ?")
    assert talk.ask("*ESR?") == str(EXECUTION)
    talk.say(":TRIG:SOUR EXT;:FREQ 100")
    assert len(numbers(talk.ask("*TRG;*WAI;:FETCH?", 5.0))) == 3
    assert talk.ask(":FETC?") == talk.ask(":FETC?")
    talk.say(":INIT:CONT OFF")
    talk.say("*TRG")
    assert talk.ask("*ESR?") == str(EXECUTION)
    talk.say(":INIT")
    assert len(numbers(talk.ask("*TRG;*WAI;:FETCH?", 5.0))) == 3


def test_beyond_a_range_and_with_nothing_connected() -> None:
    high = meter(RandlesCell(0.05, 0.01, 1.0, volts=6.0))
    r, x, v = triggered(high, 100.0, range=":RANG 3E-3")
    assert r == x == 1e9 and v == 1e9
    r, _, v = triggered(high, 100.0, range=":RANG 100E-3")
    assert r == pytest.approx(0.05, rel=0.01) and v == 1e9

    class Nothing(RandlesCell):
        def impedance(self, frequency: float, voltage: float, t: float) -> complex:
            return complex(math.inf)

    assert triggered(meter(Nothing(1.0, 1.0, 1.0)), 100.0)[:2] == [1e10, 1e10]


def test_settings_and_headers() -> None:
    talk = meter()
    talk.say(":FUNC ZV;:FREQ 57.3;:RANG 8E-3;:SAMP:RATE V,FAST;:CALC:AVER 4")
    assert talk.ask(":FUNC?;:FREQ?;:RANG?;:CALC:AVER?") == "ZV;5.7000E+01;10.0000E-03;4"
    assert talk.ask(":SAMP:RATE? V") == "V,FAST"
    talk.say(":SYST:HEAD ON")
    assert talk.ask(":TRIG:SOUR?") == ":TRIGGER:SOURCE IMM"
    talk.say("*CLS;:FREQ 2000")
    assert talk.ask("*ESR?") == str(EXECUTION)
    talk.say(":NOPE")
    assert talk.ask("*ESR?") == str(COMMAND)
    talk.say("*RST")
    assert talk.ask(":FREQ?") == "1.0000E+03"


def test_frequencies_are_on_steps() -> None:
    assert [stepped(hertz) for hertz in (0.128, 5.44, 57.3, 1044.0)] == [0.13, 5.4, 57.0, 1040.0]


def test_zero_adjustment_needs_a_short() -> None:
    assert meter().ask(":ADJ? SPOT", 5.0) == "1"
    bar = meter(RandlesCell(4e-5, 1e-9, 1.0))
    before = triggered(bar, 1000.0)[0]
    assert bar.ask(":ADJ? ALL", 20.0) == "0"
    assert abs(triggered(bar, 1000.0)[0]) < 5e-7 < before
    bar.say(":ADJ:CLE")
    assert triggered(bar, 1000.0)[0] == pytest.approx(4e-5, abs=3e-6)


def test_a_carriage_return_ends_a_message_and_random_bytes_do_no_harm() -> None:
    talk = meter()
    talk.emulator.receive(b"*IDN?\r", 0.0)
    assert talk.emulator.send(1.0) == b"HIOKI,BT4560,0,V1.01\r\n"
    frames = (b":FREQ 1\r\n", b":READ?\r\n", b"*TRG\r\n")
    rng = stream(1, "bt4560 frames")
    assert math.isfinite(settle(talk.emulator, hammer(talk.emulator, frames, 200, rng)))
