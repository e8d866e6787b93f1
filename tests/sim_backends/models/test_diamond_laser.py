from __future__ import annotations

from dataclasses import replace

import pytest

from sim_backends.models.diamond_laser import (
    DiamondLaser,
    conversion,
    rated_output,
    slope,
    stokes_power,
    stokes_wavelength,
)

LASER = DiamondLaser(1064e-9, 60.0, 0.004, 0.001, 0.95, 250.0, 5e-4, 300.0, 1.0)


def test_stokes_lines_of_a_pump_at_1064_nm() -> None:
    """1240 nm and 1485 nm: Williams et al., IEEE JSTQE 24 (2018) 1602214, and others."""
    found = [stokes_wavelength(1064e-9, order) for order in (0, 1, 2)]
    assert found == pytest.approx([1064e-9, 1239.7e-9, 1485.0e-9], rel=1e-3)


def test_no_light_below_threshold_a_straight_line_above_and_a_bend() -> None:
    assert stokes_power(LASER, 59.0) == 0.0
    assert stokes_power(LASER, 160.0) == pytest.approx(100.0 * slope(LASER))
    assert stokes_power(LASER, 300.0) == pytest.approx(240.0 * slope(LASER) - 5e-4 * 50.0**2)


def test_the_slope_is_at_most_the_quantum_defect() -> None:
    assert slope(LASER) < 1064.0 / 1240.0 * 0.95
    assert slope(replace(LASER, loss=0.0)) == pytest.approx(0.8154, abs=1e-3)


def test_conversion_is_output_over_what_the_pump_really_gives() -> None:
    strong = replace(LASER, pump_gain=1.02)
    assert conversion(strong) == pytest.approx(rated_output(strong) / 306.0)
    assert rated_output(strong) > rated_output(LASER)
