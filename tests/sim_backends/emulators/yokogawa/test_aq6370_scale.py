from __future__ import annotations

import numpy as np
import pytest

from sim_backends.emulators.yokogawa.aq6370_scale import displayed
from tests.sim_backends.emulators.yokogawa.test_aq6370 import array, ask, swept


def test_the_lowest_point_is_found() -> None:
    talk = swept()
    talk.say(":CALC:MARK:MIN", ":CALC:AMAR2:MIN")
    y = array(ask(talk, ":TRAC:Y? TRA"))
    assert float(ask(talk, ":CALC:MARK:Y? 0")) == y.min() == float(ask(talk, ":CALC:AMAR2:Y?"))


def test_levels_are_told_in_the_unit_of_their_axis() -> None:
    talk = swept()
    talk.say(":CALC:MARK:MAX")
    assert ask(talk, ":DISP:TRAC:Y1:UNIT?;SPAC?") == "0;0"
    decibel, at_peak = array(ask(talk, ":TRAC:Y? TRA")), float(ask(talk, ":CALC:MARK:Y? 0"))
    talk.say(":DISPlay:TRACe:Y1:SCALe:SPACing LINear")
    assert ask(talk, ":DISP:WIND:TRAC:Y1:UNIT?") == "1", "W"
    assert array(ask(talk, ":TRAC:Y? TRA")) == pytest.approx(1e-3 * 10 ** (decibel / 10), rel=1e-6)
    assert float(ask(talk, ":CALC:MARK:Y? 0")) == pytest.approx(1e-3 * 10 ** (at_peak / 10))
    talk.say(":DISP:TRAC:Y1:UNIT DBM/NM")
    assert ask(talk, ":DISP:TRAC:Y1:SPAC?;UNIT?") == "0;2"
    dense = array(ask(talk, ":TRAC:Y? TRA")) - decibel
    assert dense == pytest.approx(-10 * np.log10(0.05 * 1.064), abs=0.25), "within 5 % of 0.05 nm"
    talk.say(":DISP:TRAC:Y1:UNIT VOLT")
    assert ask(talk, ":SYST:ERR?").startswith("-224,")


def test_a_level_in_each_unit() -> None:
    level = np.array([0.0, -30.0])
    assert displayed(level, 0, 0.1e-9).tolist() == [0.0, -30.0]
    assert displayed(level, 1, 0.1e-9) == pytest.approx([1e-3, 1e-6])
    assert displayed(level, 2, 0.1e-9) == pytest.approx([10.0, -20.0])
    assert displayed(level, 3, 0.1e-9) == pytest.approx([1e-2, 1e-5])
