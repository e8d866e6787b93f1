"""A wafer lies where, and as, the operator put it."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.wafer.on_three_points import NONE, OnThreePoints
from sim_backends.models.wafer.shape import TERMS, WaferShape

BOW = tuple(1.0 if key == (2, 0) else 0.0 for key in TERMS)
WAFER = WaferShape(50.8e-3, 6.5e-4, BOW, 1e-5, (0.0, 0.0), 0.0, 5950.0, 2.3e11, 0.24, 3)
PLACES = np.array([0.0, 0.01, -0.01]), np.array([0.0, 0.005, 0.005])


def test_turned_over_the_shape_changes_its_sign_and_the_weight_does_not() -> None:
    points = OnThreePoints(WAFER)
    points.acted("gauge/laid/1", "W-laid", 10.0)
    points.acted("gauge/turned/1", "W-turned", 50.0)
    (up, low), (up_t, low_t) = points.faces(*PLACES, 20.0), points.faces(*PLACES, 60.0)
    assert (points.label(20.0), points.label(60.0)) == ("W-laid", "W-turned")
    assert up - low == pytest.approx(np.full(3, 6.5e-4)) == up_t - low_t
    laid, turned = 0.5 * (up + low), 0.5 * (up_t + low_t)
    assert 0.5 * (laid - turned)[0] == pytest.approx(-2e-5 * 0.81, rel=0.02)
    assert -3e-7 < 0.5 * (laid + turned)[0] < -5e-8


def test_other_prompts_move_nothing() -> None:
    points = OnThreePoints(WAFER)
    points.acted("wafer/diameter", "50.8 mm", 5.0)
    assert points.label(6.0) == NONE
