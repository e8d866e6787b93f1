"""How steeply a loss still grows: the loss itself where it is straight, less where it saturates."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.endurance.exposing import interval
from procedures.methods.endurance.growth import growth_percent
from procedures.methods.endurance.light_soak import curve_due

SHARE = np.linspace(0.0, 1.0, 11)


def test_a_straight_loss_grows_by_itself() -> None:
    assert growth_percent(SHARE, 2.0 * (1.0 - 0.1 * SHARE), 2.0) == pytest.approx(10.0)


def test_what_has_saturated_grows_no_more() -> None:
    lost = 0.04 * -np.expm1(-SHARE / 0.05) + 0.06 * SHARE
    assert growth_percent(SHARE, 1.0 - lost, 1.0) == pytest.approx(6.0, rel=1e-3)


def test_what_still_saturates_is_bounded_from_above() -> None:
    lost = 0.1 * SHARE**0.5
    assert 5.0 < growth_percent(SHARE, 1.0 - lost, 1.0) < 6.5


def test_one_late_reading_is_bounded_by_the_whole_loss() -> None:
    share = np.array([0.1, 0.3, 0.8])
    power = 2.0 * (1.0 - 0.1 * share)
    assert growth_percent(share, power, 2.0) == pytest.approx(8.0)
    with pytest.raises(ValueError, match="no reading"):
        growth_percent(np.array([]), np.array([]), 2.0)


@pytest.mark.parametrize("hours", [50.0, 100.0, 1000.0, 33.3])
def test_curves_are_taken_at_each_tenth_of_the_second_half_but_the_last(hours: float) -> None:
    seconds = hours * 3600.0
    points = [*np.arange(0.0, seconds, interval(seconds)), seconds]
    due = [point / seconds for point in points if curve_due(float(point), seconds)]
    assert due == pytest.approx([0.5, 0.6, 0.7, 0.8, 0.9], abs=interval(seconds) / seconds)
