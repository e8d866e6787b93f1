"""The hybrid bench: what its ports tell belongs together, and its samples have their figures."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.hybrid_ports import CyclePlan, CyclingSitePort, EnergyPort
from sim_backends.samples import hybrid_figures as figures
from sim_backends.worlds import hybrid, hybrid_errors
from sim_backends.worlds.hybrid_banks import HybridBank
from sim_backends.worlds.hybrid_site import HybridSite


def world() -> hybrid.World:
    return hybrid.build(hybrid.example(1), seed=1, t0=0.0)


def test_three_phases_and_both_banks_meet_one_power() -> None:
    ports = world().ports
    ports["site"].run(False, 0.0)
    ports["site"].run(True, 1.0)
    ports["site"].set_power(150e3, 1.0)
    states = [ports[f"analyzer_{n}"].state(60.0) for n in (1, 2, 3)]
    power = sum((s.voltage[1] * s.current[1].conjugate()).real for s in states)
    error = hybrid_errors.draw(1)
    assert power * error.ratio == pytest.approx(-150e3, rel=0.01)
    direct = [ports[f"dc_meter_{n}"].state(60.0) for n in (1, 2)]
    into = sum(s.voltage[0].real * s.current[0].real for s in direct) * 1000.0
    assert -158e3 < into < -150e3


def test_passed_energy_is_the_power_times_the_time() -> None:
    ports = world().ports
    meter = ports["analyzer_1"]
    assert isinstance(meter, EnergyPort)
    before = meter.passed(100.0)
    after = meter.passed(3700.0)
    state = meter.state(3700.0)
    power = (state.voltage[1] * state.current[1].conjugate()).real
    assert after.taken - before.taken == pytest.approx(3600.0 * power, rel=0.05)
    assert after.given == 0.0


def test_the_current_of_the_scope_has_the_power_of_the_wattmeter() -> None:
    ports = world().ports
    ports["site"].set_power(-200e3, 0.0)
    volts, amps = ports["scope"][0], ports["scope"][1]
    t = 30.0 + np.arange(2000) / 2000 * 0.02
    power = float(np.mean(volts.voltage(t) * amps.voltage(t) / hybrid_errors.CLAMP))
    state = ports["analyzer_1"].state(30.02)
    seen = (state.voltage[1] * state.current[1].conjugate()).real
    assert power == pytest.approx(seen * hybrid_errors.draw(1).ratio, rel=0.02)


def test_an_open_contactor_holds_the_program_until_it_is_started_again() -> None:
    ports = world().ports
    site, bank = ports["site"], ports["energy_store"]
    assert isinstance(site, CyclingSitePort)
    assert isinstance(site, HybridSite) and isinstance(bank, HybridBank)
    plan = CyclePlan(100e3, 100e3, 0.0, 1.0, 600.0, 1)
    site.start_cycles(plan, 0.0)
    bank.connect(False, 600.0)
    assert site.cycles(1200.0).held
    assert bank.told(1200.0).current == 0.0
    bank.connect(True, 1300.0)
    site.start_cycles(plan, 1300.0)
    assert not site.cycles(1400.0).held
    assert bank.told(1400.0).current < 0.0


def test_a_lost_grid_stops_the_converters() -> None:
    ports = world().ports
    ports["site"].set_power(100e3, 0.0)
    assert ports["grid"].flow(60.0)[0].power < -30e3
    ports["grid"].connect(False, 61.0)
    assert ports["grid"].flow(62.0)[0].power == 0.0
    assert ports["energy_store"].told(62.0).current == 0.0


def test_what_the_management_system_tells_is_near_the_truth() -> None:
    scene = world().ports
    told = scene["power_store"].told(10.0)
    assert told.charge == pytest.approx(0.5, abs=0.01)
    assert told.voltage == pytest.approx(float(told.cells.sum()))
    assert not told.alarms


@pytest.mark.parametrize(
    ("indicator", "key", "value"),
    [
        ("2.4-13", "energy_capacity", 215.0),
        ("2.4-14", "power", 430.0),
        ("2.4-15", "response_time", 160.0),
        ("2.4-16", "round_trip_efficiency", 86.5),
        ("2.4-17", "state_estimation_error", 4.6),
        ("2.4-18", "cycles_to_end_of_life", 6500.0),
    ],
)
def test_samples_have_the_figure_that_was_asked_for(indicator: str, key: str, value: float) -> None:
    solved = hybrid.solve(indicator, {key: value}, seed=3)
    found = hybrid.SAMPLES.true_figures(indicator, solved.device)[key]
    assert found == pytest.approx(value, rel=1e-3)
    low, high = hybrid.reach(indicator, seed=3)[key]
    assert low < value < high


def test_a_day_of_air_changes_the_figures_by_what_the_sheet_states() -> None:
    solved = hybrid.solve("2.4-14", {"power": 545.0}, seed=4)
    stated = solved.sheet["properties"]["power_temperature_coefficient"]
    warm = figures.peak_power(solved.device, 26.0) / figures.peak_power(solved.device, 25.0)
    assert warm - 1.0 == pytest.approx(stated.value, rel=0.6)
