from __future__ import annotations

import math

import pytest

from sim_backends.models.pressure_vessel import PressureVessel


def test_at_rest_nothing_changes() -> None:
    vessel = PressureVessel(3e5, 21.0)
    assert vessel.pressure(0.0) == vessel.pressure(1e6) == 3e5
    assert vessel.temperature(5.0) == 21.0


def test_it_follows_its_regulator_with_its_time_constant() -> None:
    vessel = PressureVessel(1e5, 21.0, tau=4.0)
    vessel.fill(5e5, 10.0)
    assert vessel.pressure(14.0) == pytest.approx(5e5 - 4e5 * math.exp(-1.0))
    assert vessel.pressure(200.0) == pytest.approx(5e5)


def test_many_looks_are_like_one() -> None:
    often, once = (PressureVessel(1e5, 21.0) for _ in range(2))
    for vessel in (often, once):
        vessel.fill(2e5, 0.0)
    for step in range(1, 100):
        often.pressure(step * 0.03)
    assert often.pressure(3.0) == pytest.approx(once.pressure(3.0), rel=1e-12)
