"""How well a condition was held."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.analysis import exposure


def test_readings_stand_for_the_time_around_them() -> None:
    weights = exposure.time_weights(np.array([0.0, 1.0, 3.0]))
    assert weights == pytest.approx([1 / 6, 1 / 2, 1 / 3])
    assert exposure.time_weights(np.array([7.0])) == pytest.approx([1.0])


def test_held_tells_time_mean_and_extremes() -> None:
    seen = exposure.held(np.array([0.0, 1.0, 3.0]), np.array([6.0, 2.0, 3.0]))
    assert seen.mean == pytest.approx(1 + 1 + 1)
    assert (seen.low, seen.high) == (2.0, 6.0)
    assert seen.scatter == pytest.approx(np.sqrt((9 + 3 + 0) / 6))


def test_share_inside_and_the_longest_excursion_are_by_time() -> None:
    time = np.arange(11.0)
    log = np.array([0, 0, 5, 5, 0, 0, 5, 0, 0, 0, 0], dtype=float)
    share, longest = exposure.share_inside(time, log, -1.0, 1.0)
    assert share == pytest.approx(0.7)
    assert longest == pytest.approx(0.2)
