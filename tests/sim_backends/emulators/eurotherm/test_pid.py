from __future__ import annotations

import math

import pytest

from sim_backends.emulators.eurotherm.pid import GENTLE, SLOW, Loop, Tuning


def test_the_filter_is_first_order() -> None:
    loop = Loop(Tuning(), filter_time=2.0)
    assert loop.filtered(10.0, 0.0) == 10.0
    assert loop.filtered(20.0, 2.0) == pytest.approx(20.0 - 10.0 * math.exp(-1))


def test_proportional_integral_and_derivative_parts() -> None:
    loop = Loop(Tuning(band=10.0, integral=100.0, derivative=5.0), filter_time=0.0, setpoint=21.0)
    loop.filtered(20.0, 0.0)
    assert loop.control(1.0) == pytest.approx(10.0 + 0.1)
    assert loop.control(1.0) == pytest.approx(10.0 + 0.2)
    loop.filtered(20.5, 1.0)
    assert loop.control(1.0) == pytest.approx(5.0 - 25.0 + 0.25)


def test_the_integral_does_not_wind_up_at_a_limit() -> None:
    loop = Loop(Tuning(), setpoint=200.0)
    loop.filtered(20.0, 0.0)
    assert [loop.control(10.0) for _ in range(50)] == [100.0] * 50
    assert loop.sum == 0.0


def test_rate_limit_and_bumpless_transfer() -> None:
    loop = Loop(Tuning(), rate=60.0, setpoint=20.0)
    loop.ramp(30.0, 4.0)
    assert loop.setpoint == 24.0
    loop.ramp(20.0, 1.0)
    assert loop.setpoint == 23.0
    loop.ramp(23.5, 1.0)
    assert loop.setpoint == 23.5
    loop.filtered(23.0, 0.0)
    loop.take_over(12.0)
    assert loop.control(0.0) == pytest.approx(12.0)


def test_a_long_step_acts_gently() -> None:
    loop = Loop(Tuning(band=10.0, integral=100.0, derivative=0.0), filter_time=0.0, setpoint=21.0)
    loop.filtered(20.0, 0.0)
    assert loop.control(GENTLE) == pytest.approx(10.0 + GENTLE / 10.0)
    loop.take_over(0.0)
    assert loop.sum == -10.0
    loop.sum = 0.0
    assert loop.control(4 * GENTLE) == pytest.approx(10.0 / 4 + SLOW / 4 / 10.0)
