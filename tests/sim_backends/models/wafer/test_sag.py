"""The sag of a plate against the book's figure."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.wafer.sag import GRAVITY, Plate


def test_three_points_of_the_rim_let_the_middle_hang_as_the_book_says() -> None:
    """Timoshenko and Woinowsky-Krieger: 0.0362 P a^2 / D for nu = 0.25, P the whole load."""
    plate = Plate(1.0, 1.0, 1.0 / GRAVITY, 12.0 * (1.0 - 0.25**2), 0.25, 1.0, 0.4)
    assert plate.size() == pytest.approx(1.0)
    middle = float(plate.height(np.zeros(1), np.zeros(1))[0])
    assert middle == pytest.approx(-0.0362 * np.pi, rel=0.01)


def test_it_is_held_at_its_supports_alone() -> None:
    plate = Plate(0.0254, 6.5e-4, 5950.0, 2.3e11, 0.24, 0.9, 0.5 * np.pi)
    angles = 0.5 * np.pi + np.arange(3) * 2.0 * np.pi / 3.0
    held = plate.height(0.9 * 0.0254 * np.cos(angles), 0.9 * 0.0254 * np.sin(angles))
    assert np.abs(held).max() < 1e-12
    assert float(plate.height(np.zeros(1), np.zeros(1))[0]) < -1e-7
