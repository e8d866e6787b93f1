"""Means over a hold whose course is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.analysis.hold import end_slope, mean_over

WINDOW = (1.0, 31.0)


@given(st.floats(1e3, 1e6), st.floats(-1e3, 1e3), st.integers(8, 40))
def test_a_sagging_power_has_the_mean_of_its_line(power: float, slope: float, count: int) -> None:
    seconds = 1.0 + 30.0 * (np.arange(count) + 0.5) / count
    looks = (power + slope * (seconds - 16.0))[None, :]
    # Half a span is level at each end, whose errors are opposite.
    assert mean_over(seconds, looks, WINDOW)[0] == pytest.approx(power, rel=1e-9, abs=1e-6)
    assert end_slope(seconds, looks[0]) == pytest.approx(slope, rel=1e-6, abs=1e-5)


@given(st.lists(st.floats(0.0, 1.0), min_size=5, max_size=20, unique=True))
def test_a_level_power_has_its_mean_whenever_it_is_looked_at(places: list[float]) -> None:
    seconds = 1.0 + 30.0 * np.sort(np.array(places))
    assert mean_over(seconds, np.full((3, len(seconds)), 5e5), WINDOW) == pytest.approx([5e5] * 3)


def test_a_sag_by_a_time_constant_is_found_to_a_part_of_ten_thousand() -> None:
    seconds = np.arange(1.1, 30.9, 1.5)
    course = 5e5 + 5e4 * np.exp(-seconds / 12.0)
    true = 5e5 + 5e4 * 12.0 * (np.exp(-1.0 / 12.0) - np.exp(-31.0 / 12.0)) / 30.0
    assert mean_over(seconds, course[None, :], WINDOW)[0] == pytest.approx(true, rel=2e-4)
    assert end_slope(seconds, course) == pytest.approx(-5e4 / 12.0 * np.exp(-3.0 / 12.0), rel=0.1)


def test_looks_outside_the_window_are_refused() -> None:
    with pytest.raises(ValueError, match="not in the window"):
        mean_over(np.array([0.5, 2.0]), np.zeros((1, 2)), WINDOW)
    with pytest.raises(ValueError, match="no slope"):
        end_slope(np.arange(3.0), np.arange(3.0))
