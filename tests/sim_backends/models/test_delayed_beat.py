from __future__ import annotations

from math import exp, pi

import numpy as np
import pytest

from sim_backends.models.delayed_beat import BEAT, DelayedBeat, richter
from sim_backends.models.laser_bench import LaserTable
from tests.sim_backends.models.test_diamond_laser import LASER

GRID = np.arange(-2e6, 2e6, 50.0)


def test_a_long_delay_gives_a_lorentzian_of_twice_the_width() -> None:
    found = richter(GRID, 5e3, 5e-3)
    high = GRID[found > 0.5 * found.max()]
    assert high[-1] - high[0] == pytest.approx(10e3, rel=0.02)


@pytest.mark.parametrize("delay", [20e-6, 100e-6, 500e-6])
def test_pedestal_and_carrier_are_the_whole_power(delay: float) -> None:
    whole = float(richter(GRID, 4e3, delay).sum() * 50.0) + exp(-2.0 * pi * 4e3 * delay)
    assert whole == pytest.approx(1.0, abs=5e-3)


def test_the_beat_has_its_power_and_is_gone_in_the_dark() -> None:
    paths = {"pump": 1.0, "output": 1.0}
    table = LaserTable(LASER, paths=paths, drift=0.0, tau=1.5, seed=1, t0=0.0)
    beat = DelayedBeat(LASER, table, 122e-6, seed=1, t0=0.0)
    hertz = 80e6 + np.arange(-3e5, 3e5, 50.0)
    assert float(beat.density(hertz, 1.0).sum() * 50.0) < 1e-9
    table.emit(300.0, 1.0)
    table.shutter(True, 1.0)
    assert float(beat.density(hertz, 2.0).sum() * 50.0) == pytest.approx(BEAT, rel=0.02)
