from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.specimens.wafer import BowlWafer


@pytest.mark.parametrize("radius", [0.02, 0.06, 0.1])
def test_figures_within_a_radius(radius: float) -> None:
    wafer = BowlWafer(mean=725e-6, bowl=0.004, diameter=0.2)
    axis = np.linspace(-radius, radius, 801)
    x, y = np.meshgrid(axis, axis)
    inside = np.hypot(x, y) <= radius
    values = wafer.thickness(x, y, 0.0)[inside]
    assert values.mean() == pytest.approx(wafer.mean_within(radius), rel=1e-6)
    half = 0.5 * (values.max() - values.min()) / values.mean()
    assert half == pytest.approx(wafer.half_range_within(radius), rel=1e-3)
