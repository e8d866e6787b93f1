"""The alarm unit: one decision an exposure, as often false as its threshold says."""

from __future__ import annotations

import random

import pytest

from sim_backends.models.gas_alarm import (
    DECIDES,
    EXPOSED_VAPOUR,
    EXPOSED_WET,
    Air,
    AlarmUnit,
    false_alarm_rate,
    score,
)

CLEAN = Air(0.0, 0.0, 0.5)


def test_target_vapour_and_water_raise_the_score() -> None:
    assert score(0.0, 0.0, 0.5) == 0.0
    assert score(10.0, 0.0, 0.5) > 5.0
    assert score(0.0, 100.0, 0.5) > score(0.0, 50.0, 0.5) > 0.0
    assert score(0.0, 0.0, 0.75) == -score(0.0, 0.0, 0.25)


def test_it_decides_once_an_exposure() -> None:
    unit = AlarmUnit(2.0, 1, 0.0)
    assert not unit.see(Air(20.0, 0.0, 0.5), DECIDES - 0.1)
    assert unit.see(Air(20.0, 0.0, 0.5), DECIDES)
    assert unit.see(CLEAN, DECIDES + 5.0)
    unit.exposure(30.0)
    assert not unit.see(CLEAN, 31.0)


@pytest.mark.parametrize("threshold", [1.5, 2.3])
def test_it_alarms_as_often_as_its_true_rate(threshold: float) -> None:
    unit, drawn, count = AlarmUnit(threshold, 5, 0.0), random.Random(3), 0
    trials = 8000
    for n in range(trials):
        unit.exposure(20.0 * n)
        air = Air(0.0, drawn.choice(EXPOSED_VAPOUR), drawn.choice(EXPOSED_WET))
        count += unit.see(air, 20.0 * n + 15.0)
    true = false_alarm_rate(threshold)
    assert abs(count / trials - true) < 4.0 * (true * (1.0 - true) / trials) ** 0.5
