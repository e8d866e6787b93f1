from __future__ import annotations

from math import pi, sqrt

import numpy as np
import pytest

from sim_backends.models.laser_beam import AxisBeam, LaserBeam, Order, profile, spread, waist, width


@pytest.mark.parametrize("m2", [1.0, 1.3, 2.0])
def test_a_mixture_has_the_second_moment_of_its_quality(m2: float) -> None:
    place = np.linspace(-3e-3, 3e-3, 6001).astype(np.float32)
    seen = profile(AxisBeam(m2, 1e-3, 0.5), place, 4e-4).astype(np.float64)
    assert (seen >= 0.0).all()
    assert 4.0 * sqrt(float(seen @ place**2) / float(seen.sum())) == pytest.approx(4e-4, rel=1e-4)


def test_behind_a_mirror_it_is_a_beam_of_the_same_quality() -> None:
    """Waist and divergence behind the mirror, found from the widths alone."""
    axis, wavelength, focal = AxisBeam(1.4, 0.8e-3, 0.6), 1.24e-6, 0.12
    places = np.linspace(0.05, 0.2, 7)
    squares = [width(axis, wavelength, focal, float(z)) ** 2 for z in places]
    c, b, a = np.polyfit(places, squares, 2)
    assert pi * sqrt(4.0 * a * c - b * b) / (8.0 * wavelength) == pytest.approx(1.4, rel=1e-6)
    assert width(axis, wavelength, focal, focal) == pytest.approx(0.8e-3 * focal)
    assert width(axis, wavelength, focal, 0.0) == pytest.approx(
        sqrt(waist(axis, wavelength) ** 2 + (0.8e-3 * 0.6) ** 2)
    )


def test_the_spread_is_that_of_the_worse_axes() -> None:
    orders = tuple(
        Order(6e-7, AxisBeam(1.2, angle, 0.5), AxisBeam(1.1, 0.5e-3, 0.5), 0.0)
        for angle in (0.7e-3, 0.4e-3, 0.9e-3)
    )
    assert spread(LaserBeam(orders)) == pytest.approx(0.4)
