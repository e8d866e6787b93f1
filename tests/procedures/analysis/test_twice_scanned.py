"""Two pictures of one place: noise and offsets of lines do not count, faults are named."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from procedures.analysis.areal import Band, scale_limited, sq
from procedures.analysis.twice_scanned import compared, registered, same, spoilt, widened

PITCH = 20e-9
BAND = Band(small=0.1e-6, large=2e-6)


def surface(
    seed: int, size: int = 256, moved: tuple[float, float] = (0.0, 0.0)
) -> NDArray[np.float64]:
    """White noise smoothed by scipy to some 60 nm, of 0.2 nm rms; `moved` (y, x) in points."""
    white = np.random.default_rng(seed).standard_normal((size, size))
    smooth = ndimage.gaussian_filter(white, 2.5, mode="wrap")
    spectrum = ndimage.fourier_shift(np.fft.fft2(smooth), moved)
    return np.real(np.fft.ifft2(spectrum)) * 0.2e-9 / smooth.std()


def noisy(true: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    lines = 1e-10 * rng.standard_normal((len(true), 1))
    return true + lines + 3e-11 * rng.standard_normal(true.shape)


def test_noise_and_offsets_of_lines_do_not_count() -> None:
    squares, truth = [], []
    for seed in range(6):
        true = surface(seed)
        told = compared(noisy(true, 10 + seed), noisy(true, 20 + seed), PITCH, PITCH, BAND)
        truth.append(sq(scale_limited(true, PITCH, PITCH, BAND)) ** 2)
        squares.append(told.square)
        assert told.first > np.sqrt(truth[-1])
    assert np.mean(squares) == pytest.approx(np.mean(truth), rel=0.02)


def test_a_drift_between_the_pictures_is_taken_off() -> None:
    still = compared(surface(3), surface(3), PITCH, PITCH, BAND)
    moved = compared(surface(3), surface(3, moved=(2.3, -4.6)), PITCH, PITCH, BAND)
    assert moved.shift == pytest.approx((-4.6 * PITCH, 2.3 * PITCH), abs=0.02 * PITCH)
    assert moved.square == pytest.approx(still.square, rel=0.005)
    assert moved.correlation > 0.995
    x, y = registered(surface(3), surface(3, moved=(-0.5, 12.25)))
    assert (x, y) == pytest.approx((12.25, -0.5), abs=0.02)


def test_other_places_hang_together_by_chance_only() -> None:
    apart = compared(surface(1), surface(2), PITCH, PITCH, BAND)
    assert abs(apart.correlation) < 0.5


def test_pitches_that_are_too_long_let_less_of_a_fine_surface_pass() -> None:
    slope = widened(surface(4), PITCH, PITCH, BAND, 0.02)
    two = sq(scale_limited(surface(4), 1.02 * PITCH, 1.02 * PITCH, BAND)) ** 2
    one = sq(scale_limited(surface(4), PITCH, PITCH, BAND)) ** 2
    assert slope == pytest.approx((two / one - 1.0) / 0.02)
    assert slope > 0.0


def test_what_spoils_a_picture_is_named() -> None:
    good = noisy(surface(1), 2)
    assert spoilt(good) == ""
    holes, dropped, repeated, coarse = (good.copy() for _ in range(4))
    holes[4, 5] = np.nan
    dropped[30] = 0.0
    repeated[31] = repeated[30]
    coarse[:, 1::2] = coarse[:, 0::2]
    told = [spoilt(one) for one in (holes, dropped, repeated, coarse)]
    assert told == ["missing", "dropped", "repeated", "repeated"]
    assert spoilt(np.clip(good, None, np.quantile(good, 0.99))) == "saturated"


def test_a_copy_is_the_same_picture_and_a_second_look_is_not() -> None:
    true = surface(1)
    one, two = noisy(true, 2), noisy(true, 3)
    assert same(one, one + 1e-9)
    assert not same(one, two)
    assert not same(one, two[:-1])
