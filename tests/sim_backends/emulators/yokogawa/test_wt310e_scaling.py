from __future__ import annotations

import pytest

from sim_backends.emulators.yokogawa.wt310e import EMULATOR
from sim_backends.models.ac_circuit import AcLoad
from sim_backends.models.mains import Mains
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

SHOW = ":NUM:NORM:VAL? 1;VAL? 2;VAL? 3"


def meter() -> Talk:
    load = AcLoad(Mains(230.0, 50.0), 0.01, 0.8)
    talk = Talk(EMULATOR(load, serial="SIM-12", rng=stream(2, "wt310e")))
    talk.say(":COMM:HEAD 0", ":COMM:VERB 0", ":VOLT:AUTO 0", ":CURR:AUTO 0")
    talk.say(":NUM:NORM:ITEM1 U;ITEM2 I;ITEM3 P")
    talk.run(talk.t + 2.0)
    return talk


def shown(talk: Talk) -> list[float]:
    return [float(one) for one in talk.ask(SHOW).split(";")]


def test_it_is_delivered_without_scaling() -> None:
    talk = meter()
    assert talk.ask(":INP:SCAL:STAT?") == "0" and talk.ask(":INP:SCAL:CT?") == "1.000E+00"


def test_factors_act_on_what_is_shown_while_scaling_is_on() -> None:
    talk = meter()
    volts, amps, watts = shown(talk)
    talk.say(":INP:SCAL:CT:ELEM1 40", ":INP:SCAL:VT 2", ":SCAL:SFAC 0.5")
    assert shown(talk) == pytest.approx([volts, amps, watts], rel=1e-3)
    talk.say(":INP:SCAL:STAT ON")
    assert talk.ask(":INP:SCAL:STAT?") == "1" and talk.ask(":SCAL:CT:ELEM1?") == "40.00E+00"
    assert shown(talk) == pytest.approx([2 * volts, 40 * amps, 40 * watts], rel=2e-3)
    talk.say("*RST")
    assert talk.ask(":INP:SCAL:STAT?;:INP:SCAL:CT?") == "0;1.000E+00"


def test_a_factor_out_of_range_is_refused() -> None:
    talk = meter()
    talk.say(":INP:SCAL:CT 0")
    assert talk.ask(":STAT:ERR?").startswith("222,") and talk.ask(":SCAL:CT?") == "1.000E+00"
