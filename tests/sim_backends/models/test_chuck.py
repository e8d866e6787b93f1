"""The chuck: exact for constant inputs, with dead time and two lags."""

from __future__ import annotations

import pytest

from sim_backends.models.chuck import Chuck, ChuckParameters

P = ChuckParameters(heating=70.0, cooling=45.0, absorbing=0.006, body=240.0, sensor=6.0, dead=2.5)


def test_rests_at_ambient() -> None:
    chuck = Chuck(P, 23.0, 0.0)
    assert chuck.advance(1e5, 23.0, 23.0) == pytest.approx(23.0)
    assert (chuck.body, chuck.sensor) == pytest.approx((23.0, 23.0))


def test_one_step_is_a_thousand_steps() -> None:
    whole, parts = Chuck(P, 23.0, 0.0), Chuck(P, 23.0, 0.0)
    for chuck in (whole, parts):
        chuck.heat(0.4, 0.0)
        chuck.heat(-0.7, 100.0)
    mean = whole.advance(500.0, 23.0, 28.0)
    means = [
        parts.advance(0.5 * k, 23.0 + 0.005 * (k - 1), 23.0 + 0.005 * k) for k in range(1, 1001)
    ]
    assert parts.body == pytest.approx(whole.body, rel=1e-9)
    assert parts.sensor == pytest.approx(whole.sensor, rel=1e-9)
    assert sum(means) / 1000 == pytest.approx(mean, rel=1e-9)


def test_obeys_its_differential_equation() -> None:
    chuck = Chuck(P, 23.0, 0.0)
    chuck.heat(0.5, -P.dead)
    body = sensor = 23.0
    dt = 0.01
    for k in range(20_000):
        chuck.advance((k + 1) * dt, 23.0 + 1e-4 * k, 23.0 + 1e-4 * (k + 1))
        body, sensor = (
            body + dt * (23.0 + 1e-4 * (k + 0.5) + 35.0 - body) / P.body,
            sensor + dt * (body - sensor) / P.sensor,
        )
    assert chuck.body == pytest.approx(body, abs=2e-3)
    assert chuck.sensor == pytest.approx(sensor, abs=2e-3)


def test_dead_time_then_lag() -> None:
    chuck = Chuck(P, 23.0, 0.0)
    chuck.heat(1.0, 0.0)
    chuck.advance(2.4, 23.0, 23.0)
    assert chuck.body == pytest.approx(23.0)
    chuck.advance(60.0, 23.0, 23.0)
    assert chuck.body > chuck.sensor > 23.0


@pytest.mark.parametrize(("power", "end"), [(1.0, 93.0), (-1.0, -22.0), (3.0, 93.0)])
def test_full_power(power: float, end: float) -> None:
    chuck = Chuck(P, 23.0, 0.0)
    chuck.heat(power, 0.0)
    chuck.advance(1e5, 23.0, 23.0)
    assert chuck.sensor == pytest.approx(end)


def test_light_warms() -> None:
    chuck = Chuck(P, 23.0, 0.0)
    assert chuck.surroundings(23.0, 1000.0) == pytest.approx(29.0)


def test_time_that_has_passed_changes_nothing() -> None:
    chuck = Chuck(P, 23.0, 100.0)
    assert chuck.advance(50.0, 90.0, 90.0) == 23.0
