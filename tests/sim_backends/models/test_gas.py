from __future__ import annotations

import math

import pytest

from sim_backends.models.gas import Air, GasChamber, lagged


def test_a_mixture_at_rest_stays() -> None:
    chamber = GasChamber(Air(carbon_dioxide=1200e-6, temperature=21.5))
    assert chamber.carbon_dioxide(1e6) == 1200e-6
    assert (chamber.temperature(5.0), chamber.humidity(5.0)) == (21.5, 45.0)


def test_the_inlet_arrives_with_volume_over_flow() -> None:
    chamber = GasChamber(Air(carbon_dioxide=400e-6), volume=2e-3)
    chamber.feed(2400e-6, 1e-4, 100.0)
    assert chamber.carbon_dioxide(120.0) == pytest.approx(2400e-6 - 2000e-6 / math.e)


def test_looking_more_often_changes_nothing() -> None:
    often, once = GasChamber(Air()), GasChamber(Air())
    for chamber in (often, once):
        chamber.feed(5000e-6, 1e-5, 0.0)
    for t in range(100):
        often.carbon_dioxide(float(t))
    assert often.carbon_dioxide(100.0) == pytest.approx(once.carbon_dioxide(100.0))


def test_lag_of_a_step_and_of_a_ramp() -> None:
    assert lagged(0.0, 1.0, 1.0, 40.0, 40.0) == pytest.approx(1 - 1 / math.e)
    # Long after its start a lag follows a ramp one time constant behind.
    assert lagged(0.0, 0.0, 1000.0, 1000.0, 40.0) == pytest.approx(960.0)
    assert lagged(7.0, 0.0, 1.0, 0.0, 40.0) == 7.0
