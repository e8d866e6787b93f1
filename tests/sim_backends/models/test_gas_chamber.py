"""The chamber: which film is seen, what the detector sees, what people connect."""

from __future__ import annotations

import pytest

from sim_backends.models.gas_blend import Blend
from sim_backends.models.gas_chamber import ChamberAir, GasChamber
from sim_backends.samples.gas_sensing import draw_array
from sim_backends.streams import stream

ARRAY = draw_array(stream(1, "test"))
CYLINDER: dict[str, float] = dict.fromkeys(("CO", "CH4", "C2H4", "C2H6", "C3H6", "H2"), 1.01)


def chamber() -> GasChamber:
    blend = Blend(1e-6, 1e-6, 0.0)
    blend.flow("dry", 15e-6, 0.0)
    blend.flow("humid", 15e-6, 0.0)
    blend.flow("dosing", 1e-6, 0.0)
    return GasChamber(ARRAY, blend, CYLINDER, 1, 0.0)


def test_the_film_that_is_connected_is_seen() -> None:
    one = chamber()
    assert one.current(0.5, 5.0) == pytest.approx(5e-11)
    one.route(103, 5.0)
    assert one.current(0.5, 6.0) == pytest.approx(0.5 * ARRAY.conductances[2], rel=0.02)
    assert one.voltage(1e-6, 6.0) == pytest.approx(1e-6 / ARRAY.conductances[2], rel=0.02)
    one.route(0, 7.0)
    assert one.current(0.5, 8.0) == pytest.approx(5e-11)


def test_the_detector_sees_the_tracer_alone() -> None:
    one = chamber()
    one.acted("a/cylinder", "H2", 1.0)
    assert one.tracer(30.0) == 0.0
    one.acted("b/cylinder", "C3H6", 30.0)
    assert one.tracer(60.0) == pytest.approx(404.0 / 31.0, rel=1e-6)


def test_a_gas_makes_its_film_conduct() -> None:
    one = chamber()
    one.route(104, 0.0)
    before = one.current(0.5, 1.0)
    one.acted("a/cylinder", "C2H6", 1.0)
    aim = (1.0 + ARRAY.strengths[3][3] * 404.0 / 31.0) ** ARRAY.exponents[3]
    assert one.current(0.5, 60.0) / before == pytest.approx(aim, rel=5e-3)


def test_half_of_the_flow_through_water_is_half_saturated() -> None:
    one = ChamberAir(chamber())
    assert one.humidity(30.0) == pytest.approx(100.0 * 15.0 / 31.0)
    assert one.temperature(30.0) == pytest.approx(23.0, abs=1.5)
    assert one.pressure(30.0) == 101325.0
    assert one.carbon_dioxide(30.0) < 1e-5
