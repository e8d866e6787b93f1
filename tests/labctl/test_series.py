"""Series with memory: the stated u agrees with the scatter over many simulated series."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.series import autocorrelation, effective_size, mean_uncertainty, slope

MEMORY = 24


def series_with_memory(rng: np.random.Generator, n: int, count: int) -> np.ndarray:
    a = np.exp(-1 / MEMORY)
    out = np.empty((count, n))
    out[:, 0] = rng.standard_normal(count)
    for i in range(1, n):
        out[:, i] = a * out[:, i - 1] + rng.standard_normal(count) * np.sqrt(1 - a * a)
    return out


def test_autocorrelation_of_a_known_process() -> None:
    x = series_with_memory(np.random.default_rng(1), 20_000, 1)[0]
    rho = autocorrelation(x, MEMORY)
    assert rho[0] == pytest.approx(1.0)
    assert rho[MEMORY] == pytest.approx(np.exp(-1), abs=0.1)


def test_white_noise_keeps_its_size() -> None:
    x = np.random.default_rng(2).standard_normal(5_000)
    assert effective_size(x) > 0.85 * len(x)


def test_u_of_mean_and_slope_agree_with_the_scatter_where_plain_ones_would_not() -> None:
    many = series_with_memory(np.random.default_rng(3), 1_000, 300)
    t = np.arange(1_000.0)
    slopes = [slope(t, x) for x in many]
    stated_mean = np.mean([mean_uncertainty(x) for x in many])
    assert stated_mean == pytest.approx(many.mean(axis=1).std(), rel=0.2)
    assert np.mean([u for _, u in slopes]) == pytest.approx(
        np.std([s for s, _ in slopes]), rel=0.25
    )
    assert stated_mean > 4 * many.std() / np.sqrt(1_000)


def test_slope_of_a_straight_line_is_exact() -> None:
    t = np.linspace(0, 10, 50)
    gradient, u = slope(t, 3.0 - 0.25 * t)
    assert gradient == pytest.approx(-0.25)
    assert u == pytest.approx(0.0, abs=1e-12)
