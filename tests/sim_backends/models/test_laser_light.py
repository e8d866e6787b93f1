from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.laser_light import (
    PICKED,
    SPACING,
    PickOff,
    comb,
    pump_power,
    signal_to_noise,
    stokes_lines,
)
from tests.sim_backends.models.test_diamond_laser import LASER as SINGLE
from tests.sim_backends.models.test_raman_cascade import LASER as CASCADE


class Beam:
    def lines(self, t: float) -> tuple[tuple[float, float], ...]:
        return stokes_lines(CASCADE, pump_power(CASCADE, CASCADE.rated)) if t < 100.0 else ()


def test_a_comb_has_the_power_and_the_width_of_its_line() -> None:
    lines = comb(1500e-9, 2.0, 0.2e-9)
    assert sum(line.power for line in lines) == pytest.approx(2.0)
    middle = max(line.power for line in lines)
    half = [line for line in lines if line.power >= 0.5 * middle]
    assert half[-1].wavelength - half[0].wavelength == pytest.approx(0.2e-9, abs=2.0 * SPACING)
    assert comb(1500e-9, 2.0, 0.0)[0].power == 2.0


def test_lines_of_a_laser_with_one_order_and_of_a_cascade() -> None:
    assert [round(where * 1e9) for where, _ in stokes_lines(SINGLE, 200.0)] == [1240]
    assert [round(where * 1e9) for where, _ in stokes_lines(CASCADE, 320.0)] == [1122, 1319, 1600]
    assert stokes_lines(SINGLE, 10.0) == ()


def test_the_fibre_takes_a_small_part_and_widths_wander() -> None:
    fibre = PickOff(CASCADE, Beam(), (1.0, 1.1, 1.0, 1.0), 0.02, seed=1, t0=0.0)
    powers = [power for _, power in Beam().lines(1.0)]
    whole = sum(line.power for line in fibre.lines(1.0))
    assert whole == pytest.approx(PICKED * (powers[0] + 1.1 * powers[1] + powers[2]))
    ends = {max(line.wavelength for line in fibre.lines(float(t))) for t in range(0, 90, 30)}
    assert len(ends) == 3
    assert fibre.lines(101.0) == () and fibre.background(101.0) == 0.0


def test_the_ratio_is_that_of_the_weakest_line() -> None:
    powers = np.array([power for _, power in stokes_lines(CASCADE, 320.0)])
    expected = powers.min() / (powers.sum() * CASCADE.background * 0.1e-9)
    assert signal_to_noise(CASCADE, 0.1e-9) == pytest.approx(expected)
