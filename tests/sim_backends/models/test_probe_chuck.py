from __future__ import annotations

import pytest

from sim_backends.models.probe_chuck import RISE, BareChuck, ThermalChuck


def test_the_chuck_goes_to_its_set_point_with_one_time_constant() -> None:
    chuck = ThermalChuck.at_rest(20.0, 100.0)
    chuck.regulate(60.0, 200.0)
    assert chuck.temperature(200.0) == pytest.approx(20.0)
    assert chuck.temperature(200.0 + RISE) == pytest.approx(60.0 - 40.0 * 0.36788, abs=1e-3)
    chuck.regulate(20.0, 2000.0)
    assert chuck.temperature(4000.0) == pytest.approx(20.0)


def test_a_bare_chuck_keeps_where_it_was_touched() -> None:
    chuck = BareChuck({}, ThermalChuck.at_rest(20.0, 0.0))
    chuck.place(1e-3, 2e-3, 0.0)
    chuck.touch(True, 0.0)
    chuck.touch(True, 1.0)
    assert chuck.touched == [(1e-3, 2e-3)]
