from __future__ import annotations

import pytest

from sim_backends.models.diamond_laser import stokes_power
from sim_backends.models.laser_bench import LaserTable
from tests.sim_backends.models.test_diamond_laser import LASER


def table(drift: float = 0.0) -> LaserTable:
    paths = {"pump": 0.99, "output": 0.98}
    return LaserTable(LASER, paths=paths, drift=drift, tau=1.5, seed=1, t0=0.0)


def test_light_needs_pump_and_an_open_shutter() -> None:
    one = table()
    one.emit(200.0, 1.0)
    assert one.light(2.0) == 0.0
    one.shutter(True, 2.0)
    assert one.light(3.0) == pytest.approx(0.98 * stokes_power(LASER, 200.0))
    assert one.heat(40.0) == pytest.approx(one.light(40.0))
    one.emit(0.0, 40.0)
    assert one.light(41.0) == 0.0


def test_the_head_is_moved_and_sees_another_wavelength() -> None:
    one = table()
    one.emit(200.0, 1.0)
    one.shutter(True, 1.0)
    assert one.wavelength(2.0) == pytest.approx(1240e-9, rel=1e-3)
    one.acted("pump/head", "pump", 2.0)
    assert one.wavelength(2.0) == pytest.approx(1064e-9)
    assert one.light(3.0) == pytest.approx(198.0)
    one.acted("pump/head", "no", 3.0)
    assert one.light(3.0) == pytest.approx(198.0)


def test_an_open_door_is_dark() -> None:
    one = table()
    one.emit(200.0, 1.0)
    one.shutter(True, 1.0)
    one.acted("run/door", "open", 2.0)
    assert one.interlocked(2.0)
    assert one.light(2.0) == 0.0


def test_the_pump_drifts_and_the_head_follows() -> None:
    one = table(drift=0.01)
    one.emit(200.0, 0.0)
    one.shutter(True, 0.0)
    found = {round(one.heat(float(t)), 6) for t in range(100, 1000, 100)}
    assert len(found) == 9
    assert max(found) - min(found) < 0.1 * max(found)
