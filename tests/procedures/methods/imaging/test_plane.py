"""Pixels to the plane of a plate."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.imaging.dots import Dots
from procedures.methods.imaging.plane import fit_plane

SHAPE = (600, 800)


def dots(k1: float, lean: float) -> Dots:
    """A grid as a lens with distortion and a leaning sensor shows it, in 16.7 pixels a pitch."""
    grid = np.stack(np.meshgrid(np.arange(-20, 21), np.arange(-15, 16)), axis=-1).reshape(-1, 2)
    ring = (np.abs(grid[:, 0]) > 18) | (np.abs(grid[:, 1]) > 13)
    ideal = grid[ring] * 16.7 / (1.0 + lean * grid[ring][:, :1])
    square = np.sum((ideal / 499.3) ** 2, axis=1, keepdims=True)
    return Dots(ideal * (1.0 + k1 * square) + [399.5, 299.5], grid[ring].astype(np.float64))


@pytest.mark.parametrize("k1", [-0.02, 0.0, 0.015])
@pytest.mark.parametrize("lean", [0.0, 0.001])
def test_distortion_and_tilt_are_undone(k1: float, lean: float) -> None:
    seen = dots(k1, lean)
    plane = fit_plane(seen, SHAPE)
    assert plane.residual < 1e-3
    assert np.allclose(plane.places(seen.places), seen.grid, atol=5e-3)
    assert plane.scale() == pytest.approx(1.0 / 16.7, rel=1e-3)
