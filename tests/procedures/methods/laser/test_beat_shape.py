"""The fit finds the width of beats that another formula made (the model's, by Richter)."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.laser.beat_shape import fit, shape, voigt_width
from sim_backends.models.delayed_beat import richter

HERTZ = np.linspace(-1e5, 1e5, 1001)


def test_the_shape_is_richters_where_slow_noise_is_small() -> None:
    """Away from the carrier, which a narrow Gaussian keeps at its place."""
    found = shape(HERTZ, 4e3, 122e-6, 300.0)
    away = np.abs(HERTZ) > 2e3
    assert found[away] == pytest.approx(richter(HERTZ, 4e3, 122e-6)[away], rel=0.05)


def test_the_fit_finds_both_parts() -> None:
    rng = np.random.default_rng(3)
    clean = 1e-5 * 319.0 * shape(HERTZ, 3e3, 122e-6, (1.5e3**2 + 300.0**2) ** 0.5) + 3e-14
    found = fit(HERTZ, clean * rng.gamma(300, 1.0 / 300, len(HERTZ)), 300.0, 122e-6, 300.0)
    u = np.sqrt(np.diag(found.covariance))
    assert found.lorentz == pytest.approx(3e3, abs=4.0 * float(u[0]))
    assert found.square == pytest.approx(1.5e3**2, abs=4.0 * float(u[1]))
    assert found.quality == pytest.approx(1.0, abs=0.2)


def test_another_shape_is_told() -> None:
    two = shape(HERTZ - 2e4, 3e3, 122e-6, 1e3) + shape(HERTZ + 2e4, 3e3, 122e-6, 1e3)
    assert fit(HERTZ, 1e-5 * two + 1e-14, 300.0, 122e-6, 300.0).quality > 5.0


def test_widths_of_a_voigt_profile_at_its_ends() -> None:
    assert float(voigt_width(np.array(2.0), np.array(0.0))) == pytest.approx(2.0, rel=1e-3)
    assert float(voigt_width(np.array(0.0), np.array(2.0))) == pytest.approx(2.0)
