from __future__ import annotations

import math

import pytest

from sim_backends.models.impedance import Fixture, OpenFixture
from sim_backends.models.reference.resistor import ReferenceResistor


def test_an_open_fixture_is_a_small_capacitance() -> None:
    z = OpenFixture(1e-12).impedance(1e6, 0.0, 0.0)
    assert z.real == pytest.approx(0.0) and z.imag == pytest.approx(-1 / (2 * math.pi * 1e-6))


def test_a_fixture_holds_one_thing_at_a_time() -> None:
    fixture = Fixture(ReferenceResistor(50.0), shorted=2e-3)
    assert fixture.impedance(1e3, 0.0, 0.0) == 50.0
    fixture.insert("short")
    assert fixture.impedance(1e3, 0.0, 0.0) == 2e-3
    fixture.insert("open")
    assert abs(fixture.impedance(1e3, 0.0, 0.0)) > 1e8
    fixture.insert("device")
    assert fixture.impedance(1e3, 0.0, 0.0) == 50.0
