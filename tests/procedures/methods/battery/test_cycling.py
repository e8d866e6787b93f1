"""Programs, ranges and readings of the shunt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drivers.roles.battery_cycler import ConstantCurrent, Loop, Rest
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from procedures.methods.battery.cycling import Cycles, Program, range_for, steady, uneven
from procedures.methods.trace import trace

PROGRAM = Program(0.5, 0.5, 0.4, 1.4, 60.0, 3, 10.0, 20.0, 100.0)


def readings(*volts: float) -> list[Reading]:
    return [Reading(v, "V", float(t), float(t), "meter", "1") for t, v in enumerate(volts)]


def test_a_program_charges_rests_discharges_rests_and_repeats() -> None:
    assert PROGRAM.steps() == [
        ConstantCurrent(0.5, voltage=1.4),
        Rest(60.0),
        ConstantCurrent(-0.5, voltage=0.4),
        Rest(60.0),
        Loop(1, 3),
    ]
    assert len(replace(PROGRAM, cycles=1).steps()) == 4


def test_currents_are_trimmed_by_what_the_shunt_saw() -> None:
    seen = Cycles(
        [],
        trace(readings(1e-5, 1e-5)),
        trace(readings(0.0515 + 1e-5)),
        trace(readings(-0.0480 + 1e-5)),
        25.0,
        None,
        "",
    )
    trimmed = PROGRAM.trimmed(seen, 0.1)
    assert trimmed.charge == pytest.approx(0.485)
    assert trimmed.discharge == pytest.approx(0.520)


@pytest.mark.parametrize(("volts", "full"), [(0.005, 0.1), (0.11, 0.1), (0.12, 1.0), (99.0, 10.0)])
def test_the_range_takes_the_voltage(volts: float, full: float) -> None:
    assert range_for(volts) == full


def test_a_reading_in_a_change_of_the_current_is_left_out() -> None:
    assert [one.value for one in steady(readings(1.0, 0.6, 1.001, 0.999))] == [1.0, 1.001, 0.999]
    with pytest.raises(InstrumentError, match="no current"):
        steady([])


@pytest.mark.parametrize("period", [0.5, 1.0, 2.0, *np.linspace(0.4, 3.5, 32)])
def test_uneven_looks_see_every_part_of_a_cycle(period: float) -> None:
    at = np.cumsum([uneven(number) for number in range(60)])
    phases = np.sort(at % period) / period
    apart = np.diff([*phases, 1.0 + phases[0]])
    assert max(apart) < 0.2, "of evenly spaced looks it is 1 at some of these periods"
    assert at[-1] == pytest.approx(60.0, rel=0.02)
