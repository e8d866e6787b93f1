"""Filters against their transmission, and against another party's Gaussian filter."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from procedures.analysis.areal import (
    ALPHA,
    Band,
    covers,
    filtered,
    fine_enough,
    inner,
    sa,
    scale_limited,
    sq,
    without_form,
)

PITCH = 20e-9
BAND = Band(small=0.1e-6, large=2e-6)


def test_a_form_of_second_order_is_taken_off_and_nothing_else() -> None:
    y, x = np.mgrid[0:40, 0:60]
    form = 3.0 + 0.2 * x - 0.1 * y + 0.01 * x * x + 0.004 * x * y - 0.02 * y * y
    assert np.allclose(without_form(form), 0.0, atol=1e-9)
    wave = np.sin(2.0 * np.pi * x / 10.0) + 0.0 * y
    assert np.allclose(without_form(form + wave), without_form(wave))


@pytest.mark.parametrize(
    ("wave", "share"), [(2e-6, 0.5), (0.1e-6, 0.5), (0.5e-6, 0.969), (0.2e-6, 0.841)]
)
def test_waves_pass_as_the_standard_says(wave: float, share: float) -> None:
    """Half of the amplitude at either nesting index; exp(-pi (a n / w)^2) elsewhere."""
    x = np.arange(500) * PITCH
    heights = np.tile(np.sin(2.0 * np.pi * x / wave), (500, 1))
    seen = scale_limited(heights, PITCH, PITCH, BAND)
    span = round(wave / PITCH)
    whole = seen[:, : seen.shape[1] // span * span]
    assert sq(whole) * np.sqrt(2.0) == pytest.approx(share, abs=0.012)


def test_it_is_the_gaussian_filter_of_another_party() -> None:
    """scipy's filter of deviation a n / sqrt(2 pi), away from the rim."""
    heights = np.random.default_rng(5).standard_normal((260, 260))
    by_scipy = heights
    deviations = [ALPHA * n / np.sqrt(2.0 * np.pi) / PITCH for n in (BAND.small, BAND.large)]
    by_scipy = ndimage.gaussian_filter(without_form(heights), deviations[0], truncate=8.0)
    by_scipy = by_scipy - ndimage.gaussian_filter(by_scipy, deviations[1], truncate=8.0)
    ours = filtered(heights, PITCH, PITCH, BAND)
    middle = np.s_[110:150, 110:150]
    assert np.allclose(ours[middle], by_scipy[middle], atol=1e-4)


def test_parameters_of_a_square_wave_and_of_a_sine() -> None:
    square = np.tile(np.repeat([1.0, -1.0], 20), (3, 1))
    assert sq(square + 4.0) == pytest.approx(1.0)
    assert sa(square + 4.0) == pytest.approx(1.0)
    sine = np.sin(2.0 * np.pi * np.arange(1000) / 100.0)[None, :]
    assert sq(sine) == pytest.approx(1.0 / np.sqrt(2.0))
    assert sa(sine) == pytest.approx(2.0 / np.pi, rel=1e-3)


def test_size_and_pitch_that_the_nesting_indices_ask_for() -> None:
    assert covers((256, 256), 5e-6 / 256, 5e-6 / 256, BAND)
    assert not covers((256, 100), 5e-6 / 256, 5e-6 / 256, BAND)
    assert fine_enough(PITCH, PITCH, BAND)
    assert not fine_enough(PITCH, 1.1 * PITCH, BAND)
    assert inner(np.zeros((256, 300)), PITCH, PITCH, BAND).shape == (156, 200)
