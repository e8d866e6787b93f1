"""Pulses of a laser: their powers are those that the device states."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.pulsed_laser import energy, shape, width
from sim_backends.samples.pulses import draw_long, draw_short


@pytest.mark.parametrize("seed", range(3))
def test_a_short_pulse_is_highest_at_its_peak_power(seed: int) -> None:
    laser = draw_short(np.random.default_rng(seed))
    t, power = shape(laser)
    assert power.max() == pytest.approx(1.0)
    assert abs(power[0]) < 1e-3 and abs(power[-1]) < 1e-3
    assert energy(laser) == pytest.approx(laser.watts * float(np.trapezoid(power, t)))
    assert 3e-9 < width(laser) < 9e-9


@pytest.mark.parametrize("seed", range(3))
def test_a_long_pulse_settles_at_its_peak_power(seed: int) -> None:
    laser = draw_long(np.random.default_rng(seed))
    t, power = shape(laser)
    late = (t > 0.78 * laser.unit) & (t < 0.95 * laser.unit)
    assert float(power[late].mean()) == pytest.approx(1.0, abs=2e-3)
    assert power.max() > 1.03
