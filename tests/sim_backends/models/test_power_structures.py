from __future__ import annotations

import pytest

from sim_backends.models.lateral_mosfet import Channel
from sim_backends.models.noise import Drift
from sim_backends.models.power_structures import (
    RectifierStructure,
    TransistorStructure,
    voltage_at,
)
from sim_backends.models.power_transistor import PowerTransistor, Rectifier, transistor_current
from sim_backends.streams import stream

STILL = Drift(0.0, 45.0, 2.0, stream(1, "still"))
ONE = PowerTransistor(Channel(3.0, 2.5e-4, 1.8, 0.01, 400.0), leak=1e-11)


def test_a_current_that_is_driven_finds_its_voltage() -> None:
    structure = TransistorStructure(ONE, STILL, STILL)
    for amps in (1e-10, 1e-3):
        volts = structure.drain_voltage(8.0, amps, 25.0, 0.0)
        assert structure.drain_current(8.0, volts, 25.0, 0.0) == pytest.approx(amps, rel=1e-6)
    assert voltage_at(0.0, lambda v: v) == 0.0
    assert voltage_at(1.0, lambda _: 0.0) == 1e4
    assert voltage_at(-1.0, lambda _: 0.0) == -1e4


def test_leakage_wanders_by_a_part_and_nothing_flows_into_the_gate() -> None:
    leaking = Drift(0.01, 60.0, 2.0, stream(2, "leak"))
    structure = TransistorStructure(ONE, STILL, leaking)
    off = structure.drain_current(0.0, 10.0, 25.0, 5.0)
    assert off == pytest.approx(1e-10 * (1.0 + leaking.at(5.0)), rel=1e-6)
    assert off != transistor_current(ONE, 0.0, 10.0, 25.0)
    assert structure.gate_current(5.0, 10.0, 25.0, 5.0) == pytest.approx(5e-14)
    assert structure.output(0.0, 10.0, 25.0, 5.0) == 0.0


def test_a_diode_has_two_terminals() -> None:
    diode = RectifierStructure(Rectifier(1e-18, 1.1, 900.0, 1e-11), STILL)
    volts = diode.drain_voltage(0.0, 1e-3, 25.0, 0.0)
    assert diode.drain_current(0.0, volts, 25.0, 0.0) == pytest.approx(1e-3, rel=1e-6)
    assert diode.gate_current(1.0, 1.0, 25.0, 0.0) == diode.output(1.0, 1.0, 25.0, 0.0) == 0.0
