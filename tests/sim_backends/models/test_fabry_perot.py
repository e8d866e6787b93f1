from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from procedures.methods.laser.single_mode import scan_of, second
from sim_backends.models.diamond_laser import DiamondLaser
from sim_backends.models.fabry_perot import FREE_RANGE, interferometer
from sim_backends.models.laser_bench import LaserTable
from tests.sim_backends.models.test_diamond_laser import LASER

TIMES = np.arange(-6e-3, 6e-3, 2e-6)


def voltages(laser: DiamondLaser, setting: float) -> np.ndarray:
    paths = {"pump": 1.0, "output": 1.0}
    table = LaserTable(laser, paths=paths, drift=0.0, tau=1.5, seed=1, t0=0.0)
    table.emit(setting, 1.0)
    table.shutter(True, 1.0)
    return interferometer(laser, table, 1)[0].voltage(TIMES + 100.005)


def test_peaks_repeat_after_a_free_range_and_a_second_mode_lies_between() -> None:
    two = replace(LASER, side_mode=0.3, mode_spacing=0.5 * FREE_RANGE)
    found = scan_of(TIMES, voltages(two, 300.0), False)
    assert second(found, 4e-3) == pytest.approx(0.3, rel=0.1)
    one = scan_of(TIMES, voltages(replace(LASER, side_mode=0.001), 300.0), False)
    assert second(one, 4e-3) == pytest.approx(0.0, abs=0.01)


def test_it_is_dark_without_pump() -> None:
    assert float(np.abs(voltages(LASER, 0.0)).max()) < 0.03


def test_the_ramp_triggers() -> None:
    paths = {"pump": 1.0, "output": 1.0}
    table = LaserTable(LASER, paths=paths, drift=0.0, tau=1.5, seed=1, t0=0.0)
    ramp = interferometer(LASER, table, 1)[1]
    assert ramp.crossing(2.5, True, 7.0) == pytest.approx(7.005, abs=1e-4)
