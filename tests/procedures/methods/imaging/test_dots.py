"""Dots of a plate in a picture."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.imaging.dots import NoPlate, find_dots
from tests.procedures.methods.imaging.seen import picture

STEP = 10.0 / 0.6


def test_every_dot_is_found_once_and_counted() -> None:
    dots = find_dots(picture(), STEP)
    assert len(dots.places) == 47 * 33 - 43 * 29
    assert len(np.unique(dots.grid, axis=0)) == len(dots.grid)


def test_a_picture_without_a_plate_is_refused() -> None:
    with pytest.raises(NoPlate, match="dots"):
        find_dots(np.full((100, 100), 1000.0), STEP)


def test_another_pitch_is_no_grid() -> None:
    with pytest.raises(NoPlate):
        find_dots(picture(), 0.7 * STEP)
