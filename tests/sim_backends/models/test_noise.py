"""Disturbances: stationary spread, memory, and independence of who asks when."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.noise import Drift, Flicker, ornstein_uhlenbeck
from sim_backends.streams import stream


def test_two_steps_are_one_step_without_noise() -> None:
    half = ornstein_uhlenbeck(1.0, 50.0, 100.0, 0.3, 0.0)
    twice = ornstein_uhlenbeck(half, 50.0, 100.0, 0.3, 0.0)
    assert twice == pytest.approx(ornstein_uhlenbeck(1.0, 100.0, 100.0, 0.3, 0.0), rel=1e-12)


def test_stationary_spread_and_memory() -> None:
    drift = Drift(2.0, 1000.0, 100.0, stream(1, "drift"))
    path = np.array([drift.at(100.0 * k) for k in range(60000)])
    # About 6e6 s / (2 * 1000 s) = 3000 independent values: 1.3 % on the standard deviation.
    assert path.std() == pytest.approx(2.0, rel=0.06)
    assert np.corrcoef(path[:-10], path[10:])[0, 1] == pytest.approx(np.exp(-1.0), abs=0.06)


def test_path_does_not_depend_on_the_questions() -> None:
    one, other = (Drift(1.0, 3600.0, 300.0, stream(4, "drift")) for _ in range(2))
    for t in np.linspace(0.0, 99999.0, 777):
        one.at(float(t))
    assert one.at(1e5) == other.at(1e5)


def test_flicker_is_a_function_of_time() -> None:
    flicker = Flicker(0.5, 0.04, stream(5, "flicker"))
    values = np.array([flicker.at(0.04 * k) for k in range(5000)])
    assert values.std() == pytest.approx(0.5, rel=0.05)
    assert abs(values.mean()) < 0.03
    assert flicker.at(4.0) == Flicker(0.5, 0.04, stream(5, "flicker")).at(4.0)
