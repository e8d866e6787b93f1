"""Shapes written down by hand: saddles, bowls, noise, ripples."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from procedures.analysis.wafer_shape import (
    NoShape,
    basis,
    carried,
    drawn_warp,
    fitted,
    free,
    places,
    size,
    surface,
    warp,
)

Array = NDArray[np.float64]
R = 22.4e-3
LINE = np.arange(-24.0, 25.0, 2.0) * 1e-3
X, Y = (each.ravel() for each in np.meshgrid(LINE, LINE))
X, Y = X[np.hypot(X, Y) < 24.4e-3], Y[np.hypot(X, Y) < 24.4e-3]


def figure(x: Array, y: Array) -> Array:
    """Bow of 4 um, coma-like and skew parts, about a tilted plane; the coma is odd in x."""
    u, v = x / R, y / R
    return 1e-6 * (4.0 * (u**2 + v**2) + u * v + 0.8 * u**3 - 0.3 * v + 0.1 * u**4 * v + 7.0)


def terms(height: Array) -> Array:
    return fitted(X, Y, height, R).terms


def test_the_terms_are_orthonormal_over_the_disc() -> None:
    line = np.linspace(-1.0, 1.0, 401)
    u, v = (each.ravel() for each in np.meshgrid(line, line))
    inside = np.hypot(u, v) <= 1.0
    seen = basis(u[inside], v[inside])[:, : size(6)]
    assert np.allclose(seen.T @ seen / len(seen), np.eye(size(6)), atol=0.03)


def test_warp_is_the_range_about_the_plane() -> None:
    u = X / R
    assert warp(terms(3e-6 * u**2)) == pytest.approx(3e-6, rel=2e-3)
    assert warp(terms(1e-6 * u + 5e-6)) == pytest.approx(0.0, abs=1e-15)
    whole = terms(figure(X, Y))
    x, y = places()
    true = figure(R * x, R * y)
    off = true - surface(whole)
    plane = np.stack([np.ones_like(x), x, y], axis=1)
    left = off - plane @ np.linalg.lstsq(plane, off, rcond=None)[0]
    assert np.abs(left).max() < 1e-12


def test_half_the_difference_is_free_of_weight() -> None:
    weight = 2e-6 * (X**2 + 0.5 * Y**2) / R**2
    laid, turned = terms(figure(X, Y) + weight), terms(-figure(-X, Y) + weight)
    assert free(laid, turned)[3:] == pytest.approx(terms(figure(X, Y))[3:], abs=1e-14)
    assert carried(laid, turned)[3:] == pytest.approx(terms(weight)[3:], abs=1e-14)


def test_noise_is_told_from_a_rough_surface() -> None:
    rng = np.random.default_rng(5)
    noisy = fitted(X, Y, figure(X, Y) + 1e-7 * rng.standard_normal(len(X)), R)
    assert noisy.noise == pytest.approx(1e-7, rel=0.15) and noisy.rough < 4e-8
    ripple = 5e-7 * np.sin(2.0 * np.pi * X / 9e-3)
    assert fitted(X, Y, figure(X, Y) + ripple, R).rough > 2e-7


def test_what_is_no_map_is_named() -> None:
    good = figure(X, Y)
    lost = np.where(np.arange(len(X)) == 200, np.nan, good)
    half = X > -0.008
    for name, keep, height in (
        ("missing", slice(None), lost),
        ("few", slice(None, None, 4), good),
        ("gap", half, good),
    ):
        with pytest.raises(NoShape, match=name):
            fitted(X[keep], Y[keep], height[keep], R)


def test_drawn_ranges_are_those_of_each_surface() -> None:
    mean = terms(figure(X, Y))
    changes = 3e-8 * np.random.default_rng(2).standard_normal((50, len(mean)))
    one_by_one = [warp(mean + change) for change in changes]
    assert drawn_warp(mean, changes) == pytest.approx(one_by_one)
