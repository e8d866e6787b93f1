from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.models.specimens.gaussian_beam import GaussianBeam


@given(st.floats(0.5e-3, 2e-3), st.floats(0.3, 1.0), st.floats(-1.5, 1.5))
def test_second_moments_are_the_widths(major: float, ratio: float, azimuth: float) -> None:
    beam = GaussianBeam(major, ratio * major, azimuth, 0.0, 0.0)
    axis = np.linspace(-1.5 * major, 1.5 * major, 121)
    x, y = np.meshgrid(axis, axis)
    weight = beam.profile(x, y, 0.0)
    xx, yy, xy = ((weight * each).sum() / weight.sum() for each in (x * x, y * y, x * y))
    root = math.hypot(xx - yy, 2.0 * xy)
    assert math.sqrt(8.0 * (xx + yy + root)) == pytest.approx(major, rel=1e-4)
    assert math.sqrt(8.0 * (xx + yy - root)) == pytest.approx(ratio * major, rel=1e-4)
