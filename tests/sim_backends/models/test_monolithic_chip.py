from __future__ import annotations

from cmath import phase
from math import pi

import pytest

from sim_backends.models.monolithic_chip import (
    NOTHING,
    SHORT,
    BrokenStructure,
    Capacitor,
    CapacitorStructure,
    impedance,
)
from sim_backends.samples.semiconductor import draw_chip
from sim_backends.streams import stream

PLATES = Capacitor(20e-12, 20.0, 0.01)


def test_a_capacitor_has_series_resistance_and_loss() -> None:
    found = impedance(PLATES, "", 1e6)
    assert found.imag == pytest.approx(-1.0 / (2.0 * pi * 1e6 * 20e-12), rel=1e-3)
    assert found.real == pytest.approx(20.0 + 0.01 * abs(found.imag), rel=0.01)
    assert phase(impedance(PLATES, "open", 1e6)) == pytest.approx(-pi / 2.0, abs=0.02)
    assert impedance(PLATES, "short", 1e6) == SHORT


def test_what_is_broken_is_a_resistor() -> None:
    for ohms in (SHORT, NOTHING):
        broken = BrokenStructure(ohms)
        assert broken.drain_current(5.0, 3.0, 25.0, 0.0) == pytest.approx(3.0 / ohms)
        assert broken.drain_voltage(5.0, 1e-9, 25.0, 0.0) == pytest.approx(1e-9 * ohms)
        assert broken.output(0.0, 5.0, 25.0, 0.0) == broken.gate_current(1.0, 1.0, 25.0, 0.0) == 0.0


def test_direct_current_flows_through_a_short_capacitor_alone() -> None:
    good, short = (CapacitorStructure(PLATES, flaw) for flaw in ("", "short"))
    assert good.drain_current(0.0, 1.0, 25.0, 0.0) < 1e-12
    assert short.drain_current(0.0, 1.0, 25.0, 0.0) == pytest.approx(1.0 / SHORT)
    assert short.drain_voltage(0.0, 1e-3, 25.0, 0.0) == pytest.approx(1e-3 * SHORT)
    assert good.impedance(1e6) == impedance(PLATES, "", 1e6)
    assert good.output(0.0, 1.0, 25.0, 0.0) == good.gate_current(1.0, 1.0, 25.0, 0.0) == 0.0


def test_a_drawn_chip_works() -> None:
    assert draw_chip(stream(1, "chip")).device.works == (True,) * 4
