from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.models.climate_chamber import ChamberParameters, ClimateChamber, saturation


def test_saturation_pressure() -> None:
    # IAPWS-95 at 0.01 and 20 degC: 611.7 and 2339 Pa; the Magnus form keeps within 0.4 %.
    assert saturation(0.0) == pytest.approx(611.2, rel=1e-3)
    assert saturation(20.0) == pytest.approx(2339.0, rel=4e-3)


def test_it_rests_at_the_room() -> None:
    chamber = ClimateChamber(ambient=23.0, humidity=45.0)
    assert chamber.temperature(1e7) == pytest.approx(23.0)
    assert chamber.humidity(1e7) == pytest.approx(45.0)


def test_steady_state_of_a_heated_chamber() -> None:
    chamber = ClimateChamber(ambient=23.0)
    chamber.condition(0.1, 0.0, 0.0)
    p = ChamberParameters()
    walls = 23.0 + 0.1 * p.heating / p.loss
    assert chamber.temperature(1e6) == pytest.approx(walls + 0.1 * p.heating / p.exchange)


def test_air_leads_and_walls_follow() -> None:
    chamber = ClimateChamber(ambient=23.0)
    chamber.condition(1.0, 0.0, 0.0)
    first = chamber.temperature(60.0) - 23.0
    second = chamber.temperature(120.0) - 23.0 - first
    assert 5.0 < second < first < 9.0


def test_the_cut_out_stops_the_heater() -> None:
    chamber = ClimateChamber()
    chamber.condition(1.0, 0.0, 0.0)
    hottest = max(chamber.temperature(float(t)) for t in range(0, 40000, 20))
    assert hottest == pytest.approx(ChamberParameters().high, abs=4.0)


def test_moisture_comes_and_goes_and_never_passes_saturation() -> None:
    chamber = ClimateChamber(ambient=23.0, humidity=45.0)
    chamber.condition(0.0, 1.0, 0.0)
    assert chamber.humidity(10000.0) == 100.0
    chamber.condition(0.0, -1.0, 10000.0)
    assert chamber.humidity(20000.0) == pytest.approx(25.0, abs=2.0)


def test_warm_air_is_drier() -> None:
    chamber = ClimateChamber(ambient=23.0, humidity=45.0)
    chamber.condition(0.1, 0.0, 0.0)
    assert chamber.humidity(600.0) < 40.0


def test_an_open_door_lets_the_room_in() -> None:
    chamber = ClimateChamber(ambient=23.0)
    chamber.condition(0.1, 0.0, 0.0)
    shut = chamber.temperature(50000.0)
    chamber.open_door(True, 50000.0)
    assert chamber.is_door_open(50000.0)
    assert chamber.temperature(60000.0) < shut - 20.0


@settings(derandomize=True, max_examples=50)
@given(st.lists(st.floats(0.1, 5000.0), min_size=1, max_size=5), st.floats(-1.0, 1.0))
def test_many_short_steps_are_one_long_one(steps: list[float], heat: float) -> None:
    # Up to the cut-out, which looks at the start of each step only.
    heat *= 0.1
    one, many = ClimateChamber(), ClimateChamber()
    for chamber in (one, many):
        chamber.condition(heat, 0.0, 0.0)
    t = 0.0
    for step in steps:
        t += step
        many.temperature(t)
    assert many.temperature(t) == pytest.approx(one.temperature(t), abs=1e-6)
