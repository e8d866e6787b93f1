from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.conformance.hammer import hammer, settle
from sim_backends.emulators.yokogawa.wt310e import EMULATOR
from sim_backends.models.ac_circuit import AcLoad, AcPort, DirectLoad
from sim_backends.models.mains import Mains
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk, pieces

VOLTS, HERTZ, SIEMENS, FACTOR = 230.0, 50.0, 2.0 / 230.0, 0.8


def meter(port: AcPort | None = None, seed: int = 1, plain: bool = True) -> Talk:
    load = port or AcLoad(Mains(VOLTS, HERTZ), SIEMENS, FACTOR)
    talk = Talk(EMULATOR(load, serial="SIM-5", rng=stream(seed, "wt310e")))
    if plain:
        talk.say(":COMM:HEAD OFF;VERB ON")
        talk.run(3.0)
    return talk


def values(talk: Talk, *functions: str) -> list[float]:
    for index, name in enumerate(functions, 1):
        talk.say(f":NUM:NORM:ITEM{index} {name},1")
    talk.say(f":NUM:NORM:NUM {len(functions)}")
    return [float(word) for word in talk.ask(":NUM:NORM:VAL?").split(",")]


def test_headers_are_told_until_they_are_switched_off() -> None:
    # IM WT310E-17EN 5-5: answers of settings carry the header, in its short form without the parts
    # in brackets, or spelled out; what can only be asked for has none.
    talk = meter(plain=False)
    assert talk.ask("*IDN?") == "YOKOGAWA,WT310E,SIM-5,F1.03"
    assert talk.ask(":INP:VOLT:RANG?;:NUM:FORM?") == ":VOLT:RANG 600.0E+00;:NUM:FORM ASC"
    assert talk.ask(":NUM:ITEM6?;:INTEG:STAT?") == ":NUM:ITEM6 LAMB,1;RES"
    talk.say(":COMMUNICATE:VERBOSE ON")
    assert talk.ask(":INP:VOLT:RANG?") == ":INPUT:VOLTAGE:RANGE 600.0E+00"
    assert talk.ask(":INTEGrate:MODE?") == ":INTEGRATE:MODE NORMAL"
    assert talk.ask("INTEGrate:STATe?") == "RESET"
    assert talk.ask(":NUM:ITEM?") == ":NUMERIC:NORMAL:ITEM1 U,1"
    talk.say("COMM:HEAD 0")
    assert talk.ask(":NUM:FORM?;ITEM3?") == "ASCII;P,1"


@pytest.mark.parametrize("seed", range(4))
def test_values_are_true_within_the_data_sheet(seed: int) -> None:
    talk = meter(seed=seed)
    talk.say(":INP:VOLT:RANG 300V;:INP:CURR:RANG 2A")
    talk.run(talk.t + 1.0)
    u, i, p, s, q, factor, phi, hertz = values(talk, "U", "I", "P", "S", "Q", "LAMBda", "PHI", "FU")
    assert u == pytest.approx(VOLTS, abs=1e-3 * VOLTS + 5e-4 * 300 + 0.1)
    assert i == pytest.approx(2.0, abs=2e-3 + 1e-3 + 5e-4)
    assert p == pytest.approx(368.0, abs=0.368 + 5e-4 * 600 + 0.2)
    assert s == pytest.approx(u * i, rel=1e-3) and q == pytest.approx(
        (s * s - p * p) ** 0.5, rel=1e-2
    )
    assert factor == pytest.approx(p / s, rel=1e-3) and 35.0 < phi < 39.0 and hertz == HERTZ


def test_nothing_is_told_before_the_first_update() -> None:
    talk = meter(plain=False)
    assert talk.ask(":NUM:NORM:VAL?") == "NAN,NAN,NAN"
    talk.run(1.0)
    assert "NAN" not in talk.ask(":NUM:NORM:VAL?")
    talk.say(":INP:VOLT:RANG 300")
    assert talk.ask(":NUM:VAL? 1") == "NAN"
    talk.say(":RATE 100MS")
    talk.run(talk.t + 0.11)
    assert float(talk.ask(":NUM:VAL? 1")) == pytest.approx(VOLTS, rel=1e-2)


def test_an_input_over_its_range_gives_words() -> None:
    talk = meter()
    talk.say(":INP:CURR:RANG 0.5;:NUM:FORM ASC")
    talk.run(talk.t + 1.0)
    assert talk.ask(":NUM:VAL?").split(",")[1:] == ["INF", "INF"]
    # Condition register, IM WT310E-17EN 7-5: OVR1 is bit 6, POA1 bit 8.
    assert int(talk.ask(":STAT:COND?")) & 0x1FE == 64 + 256
    assert talk.ask(":INP:CRAN?;:INP:POV?") == "2;2"
    talk.say(":NUM:FORM FLO")
    data = talk.answer(b":NUM:NORM:VAL?\n")
    assert data[:6] == b"#40012" and data[-1:] == b"\n"
    assert struct.unpack(">3f", data[6:-1])[1] == pytest.approx(9.9e37)


def test_automatic_ranges_follow_the_input() -> None:
    talk = meter()
    assert talk.ask(":INP:VOLT:AUTO?") == "1"
    talk.run(20.0)
    # IM WT310E-01EN 2-7: a range falls when the input is 30 % of it or less.
    assert talk.ask(":INP:VOLT:RANG?;:INP:CURR:RANG?") == "600.0E+00;5.000E+00"
    talk.say(":INP:VOLT:RANG 100")
    assert talk.ask(":STAT:ERR?").startswith('222,"')
    assert talk.ask(":INP:CFAC?;:INP:VOLT:AUTO?") == "3;1"
    talk.say(":INP:CFAC 6;:INP:VOLT:RANG 75V")
    assert talk.ask(":INP:VOLT:RANG?;:STAT:ERR?") == '75.00E+00;0,"No error"'


def test_integration_sums_up_while_nobody_looks() -> None:
    mains = Mains(VOLTS, HERTZ)
    talk = meter(AcLoad(mains, SIEMENS, FACTOR))
    talk.say(":RATE 5S;:INP:VOLT:RANG 300;:INP:CURR:RANG 2")
    talk.run(talk.t + 6.0)
    assert talk.ask(":INTEG:STAT?") == "RESET"
    talk.say(":INTEG:STAR")
    start = talk.t
    mains.fail(start + 1800.0)
    mains.restore(start + 2700.0)
    talk.run(start + 3600.0)
    assert talk.ask(":INTEG:STAT?") == "START"
    assert int(talk.ask(":STAT:COND?")) & 2
    watt_hours, ampere_hours, seconds = values(talk, "WH", "AH", "TIME")
    assert watt_hours == pytest.approx(0.75 * 368.0, rel=5e-3)
    assert ampere_hours == pytest.approx(0.75 * 2.0, rel=5e-3) and 3595 <= seconds <= 3600
    talk.say(":INTEG:RES", ":RATE 1S")
    assert talk.ask(":STAT:ERR?;ERR?").startswith('843,"')
    talk.say(":INTEG:STOP")
    assert talk.ask(":INTEG:STAT?") == "STOP"
    talk.run(talk.t + 60.0)
    assert values(talk, "TIME") == [3600]
    talk.say(":INTEG:RES")
    assert talk.ask(":INTEG:STAT?;:NUM:VAL? 1") == "RESET;NAN"


def test_the_timer_ends_an_integration() -> None:
    talk = meter()
    talk.say(":INTEG:TIM 0,0,10;STAR")
    assert int(talk.ask(":STAT:COND?")) & 6 == 6
    talk.run(talk.t + 30.0)
    assert talk.ask(":INTEG:STAT?;TIM?") == "TIMEUP;0,0,10"
    assert values(talk, "TIME") == [10]


def test_waiting_for_an_update() -> None:
    talk = meter()
    talk.say(":STAT:FILT1 FALL;:STAT:EESR?")
    talk.run(talk.t + 0.01)
    before = talk.t
    assert talk.ask(":COMM:WAIT 1;:STAT:EESR?") == "1"
    first = talk.t
    assert talk.ask(":COMM:WAIT 1;:STAT:EESR?") == "1"
    assert first - before <= 0.5 and talk.t - first == pytest.approx(0.5)


def test_harmonics() -> None:
    talk = meter(AcLoad(Mains(VOLTS, HERTZ), SIEMENS, FACTOR, {3: 0.1}))
    talk.say(":NUM:LIST:ITEM1 I,1;ORD 5;:HARM:THD FUND")
    total, direct, *orders = talk.ask(":NUM:LIST:VAL?").split(",")
    currents = [float(one) for one in orders]
    assert direct == "NAN" and float(total) == pytest.approx(2.0 * 1.01**0.5, rel=1e-2)
    assert currents == pytest.approx([2.0, 0.0, 0.2, 0.0, 0.0], abs=0.02)
    talk.say(":NUM:LIST:ITEM1 IHDF,1;SEL ODD")
    assert float(talk.ask(":NUM:LIST:VAL?").split(",")[3]) == pytest.approx(10.0)


def test_direct_current() -> None:
    talk = meter(DirectLoad(24.0, 12.0))
    talk.say(":INP:MODE DC")
    talk.run(talk.t + 20.0)
    u, i, p = values(talk, "U", "I", "P")
    assert (u, i, p) == pytest.approx((24.0, 2.0, 48.0), rel=2e-2)
    assert talk.ask(":NUM:ITEM1 FU;:NUM:VAL? 1") == "INF"


def test_refused() -> None:
    talk = meter()
    wrong = (
        ":SYST:ERR?",
        ":NUM:ITEM256 U",
        ":NUM:ITEM1 U,2",
        ":NUM:ITEM1 XY",
        ":RATE 0.3",
        ":INP:MODE",
    )
    for command in wrong:
        talk.ask(command, 0.5)
    codes = [talk.ask(":STAT:ERR?").split(",")[0] for _ in range(7)]
    assert codes == ["113", "113", "222", "224", "222", "109", "0"]
    talk.say(":INTEG:STAR;:INP:VOLT:RANG 150")
    assert talk.ask(":STAT:ERR?").startswith("221,")


SCRIPT = (
    b"*RST\r\n:COMM:HEAD OFF\n:NUM:PRES 2;VAL?\n:INTEG:STAR\nFOO\n:STAT:ERR?\n"
    b":NUM:LIST:VAL?;:STAT:COND?\n"
)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 200), max_size=8))
def test_any_split_gives_the_same_answers(cuts: list[int]) -> None:
    whole, split = meter(), meter()
    whole.send(SCRIPT)
    for piece in pieces(SCRIPT, cuts):
        split.send(piece)
    assert split.run(5.0) == whole.run(5.0) != b""


def test_random_bytes_never_break_it() -> None:
    emulator = meter().emulator
    frames = [line + b"\n" for line in SCRIPT.split(b"\n")]
    t = hammer(emulator, frames, 200, stream(1, "hammer wt310e"))
    settle(emulator, t + 10.0)
    emulator.clear(t + 10.0)
    assert Talk(emulator).ask("*CLS;*OPC?") == "1"
