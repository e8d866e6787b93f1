from __future__ import annotations

from math import pi, sqrt

import numpy as np
import pytest

from sim_backends.models.laser_beam import (
    AxisBeam,
    LaserBeam,
    Order,
    opening,
    parted,
    profile,
    quality,
    spread,
    width,
)


@pytest.mark.parametrize("m2", [1.0, 1.3, 2.0])
def test_a_mixture_has_the_second_moment_of_its_quality(m2: float) -> None:
    place = np.linspace(-3e-3, 3e-3, 6001).astype(np.float32)
    axis = AxisBeam(parted(m2), 2e-3, 0.5)
    assert quality(axis) == pytest.approx(m2)
    seen = profile(axis, place, 4e-4).astype(np.float64)
    assert (seen >= 0.0).all()
    assert 4.0 * sqrt(float(seen @ place**2) / float(seen.sum())) == pytest.approx(4e-4, rel=1e-4)


def test_behind_a_mirror_it_is_a_beam_of_the_same_quality() -> None:
    """Waist and divergence behind the mirror, found from the widths alone."""
    axis, wavelength, focal = AxisBeam(parted(1.4), 2.5e-3, 0.6), 1.24e-6, 0.12
    angle = 4.0 * 1.4 * wavelength / (pi * 2.5e-3)
    assert opening(axis, wavelength) == pytest.approx(angle)
    places = np.linspace(0.05, 0.2, 7)
    squares = [width(axis, wavelength, focal, float(z)) ** 2 for z in places]
    c, b, a = np.polyfit(places, squares, 2)
    assert pi * sqrt(4.0 * a * c - b * b) / (8.0 * wavelength) == pytest.approx(1.4, rel=1e-6)
    assert width(axis, wavelength, focal, focal) == pytest.approx(angle * focal)
    assert width(axis, wavelength, focal, 0.0) == pytest.approx(
        sqrt(2.5e-3**2 + (angle * 0.6) ** 2)
    )


def test_the_spread_is_that_of_the_worse_axes() -> None:
    light = 6e-7
    orders = tuple(
        Order(light, _axis(1.2, light, angle), _axis(1.1, light, 0.3e-3), 0.0)
        for angle in (0.7e-3, 0.4e-3, 0.9e-3)
    )
    assert spread(LaserBeam(orders)) == pytest.approx(0.5)


def _axis(m2: float, wavelength: float, angle: float) -> AxisBeam:
    return AxisBeam(parted(m2), 4.0 * m2 * wavelength / (pi * angle), 0.5)
