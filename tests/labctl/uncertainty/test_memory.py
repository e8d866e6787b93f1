"""The stated u of means and slopes of series with memory covers the truth as often as it says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import lfilter

from labctl.errors import Defect
from labctl.uncertainty.memory import block_length, mean_of, scatter_of, slope_of
from labctl.uncertainty.shapes import Draws, quantile

HOURS = 1_000
TIME = np.arange(float(HOURS))
SERIES = 250


def series(memory: float, seed: int, white: float = 0.0, n: int = HOURS) -> Draws:
    """Series of 1 mV whose autocorrelation falls to 1 / e in `memory` h, and noise on it."""
    rng = np.random.default_rng(seed)
    kept = np.exp(-1 / memory) if memory else 0.0
    drawn = rng.standard_normal((SERIES, n))
    drawn[:, 1:] *= np.sqrt(1 - kept**2)
    slow = np.asarray(lfilter([1.0], [1.0, -kept], drawn, axis=1))
    return slow + white * rng.standard_normal((SERIES, n))


def covered(values: Draws, u: Draws, freedom: Draws) -> float:
    """Share of the 95 % intervals that hold the true value 0."""
    factor = np.array([quantile(0.975, each) for each in freedom])
    return float(np.mean(np.abs(values) <= factor * u))


def slopes(many: Draws) -> tuple[Draws, Draws, Draws]:
    found = [slope_of(np.arange(float(many.shape[1])), each) for each in many]
    return (
        np.array([value for value, _ in found]),
        np.array([scatter.u for _, scatter in found]),
        np.array([scatter.freedom for _, scatter in found]),
    )


# With 250 series, an honest 95 % lies within 0.909..0.991 in 997 of 1,000 tests.
@pytest.mark.parametrize(("memory", "white"), [(0.0, 0.0), (5.0, 0.0), (24.0, 0.0), (24.0, 1.0)])
def test_intervals_of_slopes_cover(memory: float, white: float) -> None:
    values, u, freedom = slopes(series(memory, 1, white))
    assert 0.909 <= covered(values, u, freedom) <= 0.991
    assert np.mean(u) == pytest.approx(values.std(), rel=0.35)


def plain(series: Draws) -> float:
    """u of the slope by plain least squares, for the same residuals."""
    centred = TIME - TIME.mean()
    left = series - series.mean() - (centred @ series) / (centred @ centred) * centred
    return float(np.sqrt(left @ left / (HOURS - 2) / (centred @ centred)))


def test_plain_least_squares_understates_where_this_does_not() -> None:
    """1 mV of noise of 24 h memory, read each hour for 1,000 h: plain u is 6 times too small."""
    many = series(24.0, 2)
    values, u, freedom = slopes(many)
    white = np.array([plain(each) for each in many])
    assert values.std() / white.mean() > 5
    assert covered(values, white, np.full(SERIES, np.inf)) < 0.5
    assert covered(values, u, freedom) >= 0.909


def test_many_readings_a_memory_do_not_lower_u() -> None:
    """Eight readings an hour say no more than one: plain u falls by sqrt(8), to 17 times too small;
    ours does not."""
    fine = series(24.0 * 8, 3, n=8 * HOURS)[:60]
    time = np.arange(8.0 * HOURS) / 8
    found = [slope_of(time, each) for each in fine]
    values = np.array([value for value, _ in found])
    centred = time - time.mean()
    white = 1.0 / np.sqrt(centred @ centred)
    assert values.std() / white == pytest.approx(17, rel=0.35)
    assert np.mean([scatter.u for _, scatter in found]) == pytest.approx(values.std(), rel=0.45)


@pytest.mark.parametrize("memory", [0.0, 24.0])
def test_intervals_of_means_cover(memory: float) -> None:
    found = [mean_of(each) for each in series(memory, 4)]
    values = np.array([value for value, _ in found])
    u = np.array([scatter.u for _, scatter in found])
    assert 0.909 <= covered(values, u, np.array([s.freedom for _, s in found])) <= 0.991


def test_white_noise_keeps_its_readings() -> None:
    _, scatter = mean_of(series(0.0, 5)[0])
    assert scatter.readings > 0.8 * HOURS
    assert scatter.u == pytest.approx(1 / np.sqrt(HOURS), rel=0.15)


def test_blocks_grow_with_memory_and_stay_in_bounds() -> None:
    """For an autoregression Politis and White's block is (6 n)^(1/3) (a / (1 - a^2))^(2/3)."""
    long = series(10.0, 6, n=8_000)[:20]
    a = np.exp(-0.1)
    wanted = (6 * 8_000) ** (1 / 3) * (a / (1 - a**2)) ** (2 / 3)
    assert np.median([block_length(each) for each in long]) == pytest.approx(wanted, rel=0.25)
    assert np.median([block_length(each) for each in series(0.0, 7)[:20]]) <= 5


def test_a_long_series_is_taken_by_neighbours() -> None:
    n = 200_000
    _, scatter = mean_of(np.random.default_rng(8).standard_normal(n))
    assert scatter.u == pytest.approx(1 / np.sqrt(n), rel=0.1)


def test_exact_lines_and_short_series() -> None:
    gradient, scatter = slope_of(np.arange(50.0), 3.0 - 0.25 * np.arange(50.0))
    assert gradient == pytest.approx(-0.25)
    assert scatter.u < 1e-12
    assert scatter_of(np.zeros(20), np.full(20, 0.05), 1).u == 0.0
    with pytest.raises(Defect, match="at least 8"):
        mean_of([1.0] * 7)
