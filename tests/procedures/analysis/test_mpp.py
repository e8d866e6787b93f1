"""Maximum-power-point logs: correction, tracker, ends of a log and their uncertainty."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import lfilter

from procedures.analysis import mpp


def test_power_is_corrected_to_light_and_temperature() -> None:
    corrected = mpp.corrected_power(
        np.array([0.95 * 0.99]),
        np.array([950.0]),
        np.array([52.5]),
        to_irradiance=1000.0,
        to_temperature=50.0,
        gamma=-0.004,
    )
    assert corrected[0] == pytest.approx(1.0)


def test_the_tracker_finds_the_maximum_and_stays_there() -> None:
    tracker = mpp.Tracker(0.70, 0.01)
    seen = []
    for _ in range(60):
        tracker = mpp.observe(tracker, 1.0 - (tracker.voltage - 0.85) ** 2, 0.5, 1.0)
        seen.append(tracker.voltage)
    assert max(abs(v - 0.85) for v in seen[30:]) <= 0.021
    assert np.mean(seen[30:]) == pytest.approx(0.85, abs=0.006)


@given(st.floats(0.5, 1.0), st.sampled_from([-0.01, 0.01]), st.lists(st.floats(0, 1), max_size=80))
def test_the_tracker_never_leaves_its_window(
    start: float, step: float, yields: list[float]
) -> None:
    tracker = mpp.Tracker(start, step)
    for seen in yields:
        tracker = mpp.observe(tracker, seen, 0.5, 1.0)
        assert 0.5 <= tracker.voltage <= 1.0


@given(st.floats(-5, 5), st.floats(-3, 3), st.floats(-50, 50))
def test_line_weights_read_a_straight_line_exactly(a: float, b: float, at: float) -> None:
    time = np.array([0.0, 1.0, 2.5, 7.0, 11.0])
    weights = mpp.line_weights(time, at)
    assert weights.sum() == pytest.approx(1.0)
    assert weights @ (a + b * time) == pytest.approx(a + b * at, abs=1e-9)


def test_the_top_of_a_dithered_log_is_read_not_its_mean() -> None:
    rng = np.random.default_rng(2)
    time = np.arange(0.0, 200.0)
    voltage = np.asarray(0.854 + 0.01 * rng.integers(-2, 3, len(time)), dtype=np.float64)
    true = 2.0 - 1e-4 * time
    power = true * (1 - 30 * (voltage - 0.85) ** 2) + 1e-5 * rng.standard_normal(len(time))
    weights = mpp.top_weights(time, voltage, power, 0.0)
    assert weights.sum() == pytest.approx(1.0)
    assert weights @ power == pytest.approx(2.0, rel=1e-4)
    assert mpp.line_weights(time, 0.0) @ power < 1.99


@pytest.mark.parametrize("bend", [0.0, 1.0])
def test_a_log_without_a_vertex_is_read_by_its_line(bend: float) -> None:
    time = np.arange(0.0, 50.0)
    voltage = np.full(50, 0.85) + bend * 0.01 * np.cos(time)
    power = 2.0 + (voltage - 0.85) ** 2
    weights = mpp.top_weights(time, voltage, power, 50.0)
    assert np.array_equal(weights, mpp.line_weights(time, 50.0))


def test_the_uncertainty_of_an_end_holds_for_noise_with_memory() -> None:
    """200 logs with a memory of 8 readings: the values' spread is what is said, not less."""
    rng, n, window = np.random.default_rng(5), 1000, 144
    time = np.arange(n, dtype=float)
    weights = mpp.line_weights(time[-window:], time[-1])
    ends, told = [], []
    for _ in range(200):
        noise = np.asarray(lfilter([1.0], [1.0, -0.88], rng.standard_normal(n)))
        series = 100.0 * np.exp(-time / 60000) + 0.1 * noise
        ends.append(weights @ series[-window:])
        told.append(mpp.line_uncertainty(mpp.wandering(time, series), weights))
    assert 0.8 < np.mean(told) / np.std(ends) < 1.4


def test_a_smooth_course_is_no_scatter() -> None:
    time = np.linspace(0, 7.2e6, 3000)
    series = 10.0 - 0.2 * (1 - np.exp(-time / 4e5)) - 1e-8 * time
    assert np.abs(mpp.wandering(time, series)).max() < 2e-3
    assert mpp.line_uncertainty(np.zeros(1), np.ones(1)) == 0.0
