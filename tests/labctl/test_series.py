"""Autocorrelation and effective size of a series of known memory."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.series import autocorrelation, effective_size

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


def test_memory_takes_readings_away() -> None:
    # An autoregression of memory m in readings is worth about n / (2 m) of them.
    x = series_with_memory(np.random.default_rng(3), 20_000, 1)[0]
    assert effective_size(x) == pytest.approx(len(x) / (2 * MEMORY), rel=0.3)
