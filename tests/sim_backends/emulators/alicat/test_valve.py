from __future__ import annotations

import math

import pytest

from sim_backends.emulators.alicat.element import LITRES, STANDARD, Element
from sim_backends.emulators.alicat.valve import TAU, Mode, Valve
from sim_backends.models.gas_line import NORMAL_TEMPERATURE, GasLine
from sim_backends.streams import stream


def made(most: float = 40.0) -> tuple[Element, Valve]:
    flow = most / LITRES * NORMAL_TEMPERATURE / STANDARD
    element = Element(GasLine("N2", flow), stream(1, "valve"))
    return element, Valve(element)


def shown(element: Element, valve: Valve, t: float) -> float:
    shut, more = element.response(t)
    return shut + more * valve.opening


def test_the_display_goes_to_the_set_point_with_a_lag() -> None:
    element, valve = made()
    valve.advance(0.0)
    valve.request(10.0)
    valve.advance(TAU)
    shut, _ = element.response(TAU)
    part = (shown(element, valve, TAU) - shut) / (10.0 - shut)
    assert part == pytest.approx(1 - math.exp(-1))
    valve.advance(5.0)
    assert shown(element, valve, 5.0) == pytest.approx(10.0)


def test_a_ramp_climbs_straight_however_often_it_is_looked_at() -> None:
    found = []
    for steps in (1, 37):
        _, valve = made()
        valve.ramp = 2.0
        valve.advance(0.0)
        valve.request(10.0)
        for step in range(1, steps + 1):
            valve.advance(3.0 * step / steps)
        assert valve.setpoint == pytest.approx(6.0)
        valve.advance(9.0)
        assert valve.setpoint == 10.0
        found.append((valve.opening, valve.passed))
    assert found[0] == pytest.approx(found[1], rel=5e-3)


def test_what_passed_is_the_integral_of_the_opening() -> None:
    _, valve = made()
    valve.advance(0.0)
    valve.request(20.0)
    valve.advance(100.0)
    assert valve.passed == pytest.approx(valve.opening * (100.0 - TAU), rel=1e-6)


def test_holds() -> None:
    _, valve = made()
    valve.advance(0.0)
    valve.request(20.0)
    valve.advance(5.0)
    opening = valve.opening
    valve.mode = Mode.HOLD
    valve.request(1.0)
    valve.advance(10.0)
    assert valve.opening == opening
    valve.mode = Mode.CLOSED
    valve.advance(15.0)
    assert valve.opening == pytest.approx(0.0, abs=1e-9)


def test_a_weak_supply_opens_it_fully() -> None:
    element, valve = made(most=5.0)
    valve.advance(0.0)
    valve.request(10.0)
    valve.advance(10.0)
    assert valve.opening == pytest.approx(1.0)
    assert shown(element, valve, 10.0) == pytest.approx(5.0, abs=0.1)
