"""Surfaces: their pictures have the roughness that they state, at the same place each time."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from sim_backends.models.wafer.surface import ALPHA, Grid, StepStandard, WaferSurface

PITCH = 20e-9
GRID = Grid(256, 256, PITCH, PITCH, (0.0, 0.0))


def wafer(random: float = 0.2e-9, step: float = 0.0, spread: float = 0.0) -> WaferSurface:
    return WaferSurface(random, 7e-8, 0.8, step, 0.5e-6, 6e-8, 0.4, spread, 7)


def between(heights: np.ndarray, small: float, large: float) -> float:
    """Rms by scipy's Gaussian filters, away from the rim."""
    low, high = (ALPHA * n / np.sqrt(2.0 * np.pi) / PITCH for n in (small, large))
    fine = ndimage.gaussian_filter(heights, low)
    rest = (fine - ndimage.gaussian_filter(fine, high, truncate=6.0))[50:-50, 50:-50]
    return float(np.mean((rest - rest.mean()) ** 2))


@pytest.mark.parametrize("one", [wafer(), wafer(random=1e-13, step=2e-9), wafer(step=1e-9)])
def test_true_roughness_is_that_of_its_pictures(one: WaferSurface) -> None:
    squares = [between(one.heights(n, GRID), 0.1e-6, 2e-6) for n in range(24)]
    assert np.sqrt(np.mean(squares)) == pytest.approx(one.roughness(0.1e-6, 2e-6), rel=0.03)


def test_a_wider_band_lets_more_pass() -> None:
    one = wafer(step=1e-9)
    assert one.roughness(0.05e-6, 2e-6) > one.roughness(0.1e-6, 2e-6) > one.roughness(0.1e-6, 1e-6)


def test_a_second_look_is_shifted_exactly() -> None:
    one = wafer(step=0.5e-9)
    still = one.heights(3, GRID)
    moved = one.heights(3, Grid(256, 256, PITCH, PITCH, (2.0 * PITCH, 3.0 * PITCH)))
    assert np.allclose(moved[:-3, :-2], still[3:, 2:], atol=1e-15)
    assert not np.allclose(one.heights(4, GRID), still, atol=1e-11)


def test_places_differ_in_mean_square_as_stated() -> None:
    levels = [between(wafer(spread=0.2).heights(n, GRID), 0.1e-6, 2e-6) for n in range(40)]
    even = [between(wafer().heights(n, GRID), 0.1e-6, 2e-6) for n in range(40)]
    assert np.std(np.divide(levels, np.mean(levels))) > np.std(np.divide(even, np.mean(even)))


def test_the_standard_has_a_bar_of_its_height() -> None:
    seen = StepStandard(44e-9, 1.6e-6, 3e-10, 1).heights(0, GRID)
    top, ground = seen[:, 110:146].mean(), seen[:, :60].mean()
    assert top - ground == pytest.approx(44e-9, rel=1e-3)
