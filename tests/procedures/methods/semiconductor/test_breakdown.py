"""Ends of ramps become figures, bounds or none: what is told of each."""

from __future__ import annotations

import math

import numpy as np
import pytest

from labctl.evidence import Accuracy, Reading
from labctl.uncertainty import MonteCarlo
from procedures.methods.semiconductor.breakdown import cut_short, spoilt, unseen, voltage_of
from procedures.methods.semiconductor.breakdown_ramp import Contact, Point, Ramp, Terms

TERMS = Terms(6.0, -2.0, 20.0, 1000.0, 3000.0, 1e-4)
VOLTS = Accuracy("voltage", 4000.0, "V", 1e-4, 0.8, "a sheet")
AMPS = Accuracy("current", 3e-3, "A", 1e-4, 6e-7, "a sheet")
LOW = Accuracy("current", 1e-3, "A", 2e-4, 6e-8, "a sheet")


def reading(value: float, line: Accuracy, serial: str) -> Reading:
    return Reading(value, line.unit, 1.0, 1.0, "sim", serial, line)


def point(volts: float, amps: float, supply: float | None = None, gate: float = 0.1) -> Point:
    return Point(
        reading(volts, VOLTS, "HV"),
        reading(amps if supply is None else supply, AMPS, "HV"),
        reading(-amps * (0.9 - gate), LOW, "S"),
        reading(-amps * gate, LOW, "G"),
        reading(-amps * 0.1, LOW, "W"),
    )


GOOD = Contact(reading(-5e-4, LOW, "S"), reading(1e-9, LOW, "S"))
OPEN = Contact(reading(-1e-9, LOW, "S"), reading(1e-9, LOW, "S"))
POINTS = tuple(
    point(volts, 1e-4 * math.exp((volts - 2203.0) / 18.0)) for volts in (2195.0, 2200.0, 2205.0)
)
BROKEN = Ramp("criterion", GOOD, POINTS)


def voltage(one: Ramp) -> tuple[float, float]:
    mc = MonteCarlo(5000, 1)
    found = voltage_of(mc, one, TERMS.current, "device 1", np.zeros(mc.draws + 1))
    return float(found[0]), float(found[1:].std())


def test_a_breakdown_is_read_between_two_steps() -> None:
    value, u = voltage(BROKEN)
    assert value == pytest.approx(2203.0, abs=0.01)
    assert u == pytest.approx((1e-4 * 2203.0 + 0.8) / 3**0.5, rel=0.1)


def test_a_jump_lies_anywhere_in_its_step() -> None:
    value, u = voltage(Ramp("jump", GOOD, POINTS[:1], 2215.0))
    assert value == pytest.approx(2205.0)
    assert u == pytest.approx(5.8, abs=0.2)
    value, u = voltage(Ramp("jump", GOOD, (), 500.0))
    assert value == pytest.approx(250.0) and u > 100.0


def test_no_breakdown_is_the_last_voltage() -> None:
    assert voltage(Ramp("end", GOOD, (point(2999.5, 1e-8),), after=GOOD))[0] == 2999.5


def test_what_is_good_is_not_spoilt() -> None:
    assert spoilt([BROKEN], TERMS) == () == cut_short([BROKEN])


@pytest.mark.parametrize(
    ("one", "word"),
    [
        (Ramp("limit", OPEN), "did not conduct"),
        (Ramp("end", GOOD, (point(2999.5, 1e-8),), after=OPEN), "did not conduct"),
        (Ramp("limit", GOOD, POINTS[:1]), "not held"),
        (Ramp("criterion", GOOD, (point(2000.0, 1e-4, 1.5e-4),)), "seen by no meter"),
    ],
)
def test_what_is_no_evidence_says_why(one: Ramp, word: str) -> None:
    [text] = spoilt([one], TERMS)
    assert word in text.template


def test_a_ramp_that_was_cut_short_is_missing() -> None:
    [said] = cut_short([BROKEN, Ramp("interrupted")])
    assert "not ramped again" in said
    assert unseen(point(2000.0, 1e-4, 1.01e-4), 1e-4) == 0.0
