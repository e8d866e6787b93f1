"""Worst and range of equal items read no noise bias, and real differences stay."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.errors import Defect
from labctl.uncertainty import MonteCarlo
from labctl.uncertainty.extremes import largest_magnitude, spread_of, true_values, worst

ITEMS = 10


def lots(spread: float, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """True values of `count` lots and their readings with u = 1."""
    rng = np.random.default_rng(seed)
    true = spread * rng.standard_normal((count, ITEMS))
    return true, true + rng.standard_normal((count, ITEMS))


def test_plain_worst_and_range_are_biased_as_metrology_says() -> None:
    _, read = lots(0.0, 20_000, 1)
    assert read.max(axis=1).mean() == pytest.approx(1.54, abs=0.03)
    assert np.ptp(read, axis=1).mean() == pytest.approx(3.08, abs=0.04)


def test_equal_items_keep_little_of_the_bias() -> None:
    true, read = lots(0.0, 300, 2)
    drawn = [true_values(MonteCarlo(1), "lot", each, 1.0) for each in read]
    assert np.mean([worst(each)[0] for each in drawn]) < 0.6
    assert np.mean([spread_of(each)[0] for each in drawn]) < 1.1
    assert true.max() == 0.0


@pytest.mark.parametrize("spread", [1.0, 3.0])
def test_worst_and_range_of_real_lots_are_unbiased(spread: float) -> None:
    true, read = lots(spread, 600, 3)
    drawn = [true_values(MonteCarlo(1), "lot", each, 1.0) for each in read]
    high = np.array([worst(each)[0] for each in drawn]) - true.max(axis=1)
    low = np.array([worst(each, largest=False)[0] for each in drawn]) - true.min(axis=1)
    wide = np.array([spread_of(each)[0] for each in drawn]) - np.ptp(true, axis=1)
    assert abs(high.mean()) < 0.15
    assert abs(low.mean()) < 0.15
    assert abs(wide.mean()) < 0.3


def test_intervals_cover_over_lots_of_all_spreads() -> None:
    rng = np.random.default_rng(4)
    held = 0
    for index in range(300):
        true = rng.uniform(0.0, 4.0) * rng.standard_normal(ITEMS)
        mc = MonteCarlo(1_000, seed=index)
        drawn = true_values(mc, "lot", true + rng.standard_normal(ITEMS), 1.0)
        figure = mc.figure(worst(drawn), "V")
        held += figure.low <= true.max() <= figure.high
    # An honest 95 % of 300 lies within 274..296 in 998 of 1,000 tests.
    assert 274 <= held <= 297


def test_one_item_that_stands_out_keeps_its_reading() -> None:
    read = np.array([0.1, -0.2, 0.0, 0.3, 50.0])
    mc = MonteCarlo(5_000, seed=5)
    drawn = true_values(mc, "lot", read, 0.2)
    figure = mc.figure(worst(drawn), "V")
    assert figure.value == pytest.approx(50.0, abs=0.05)
    assert figure.u == pytest.approx(0.2, rel=0.1)


def test_exact_readings_stay() -> None:
    drawn = true_values(MonteCarlo(10), "lot", [1.0, 2.0, 4.0], 0.0)
    assert worst(drawn).tolist() == [4.0] * 11
    assert spread_of(drawn).tolist() == [3.0] * 11
    with pytest.raises(Defect, match="at least 3"):
        true_values(MonteCarlo(10), "lot", [1.0, 2.0], 0.1)


def test_a_magnitude_keeps_its_sign() -> None:
    mc = MonteCarlo(20_000, seed=6)
    true = np.array([0.01, -0.02, 0.0]) + mc.block("noise", "all", 3)
    figure = mc.figure(largest_magnitude(true), "V")
    assert figure.value == -0.02
    # The magnitude of noise alone would read sqrt(2 / pi) = 0.8 u.
    assert np.mean(largest_magnitude(true)[1:]) == pytest.approx(-0.02, abs=0.04)
