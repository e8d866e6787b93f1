"""The power world: functions of a UPS cluster on its grid, through the ports of its instruments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim_backends.data.power import LINE
from sim_backends.models.power_ports import (
    FrequencyDroop,
    GridSegment,
    ScheduledPower,
    VoltageDroop,
)
from sim_backends.models.ups_cluster import Cluster, Conduct
from sim_backends.samples.power import mean_response
from sim_backends.snapshot.graph import Graph
from sim_backends.worlds import power, power_errors
from sim_backends.worlds.power_errors import CLAMP

FLAT = GridSegment((230.0,), 50.0)


def _ports(device: Cluster, seed: int = 1) -> Mapping[str, Any]:
    ports = power.build(device, seed=seed, t0=0.0).ports
    ports["site"].run(True, 1.0)
    return ports


def _example() -> Cluster:
    return replace(power.example(3), metering=0.0, loss=0.0)


def _drawn(ports: Mapping[str, Any], t: float) -> float:
    """W at the primary as the analyser's place tells it."""
    state = ports["analyzer"].state(t)
    return (state.voltage[1] * state.current[1].conjugate()).real * power_errors.RATIO


def _droop(ports: Mapping[str, Any]) -> None:
    ports["site"].set_frequency_droop(FrequencyDroop(20e3, 0.05), 1.0)
    ports["site"].enable("frequency", True, 1.0)


def test_power_answers_the_frequency_after_the_time_that_physics_says() -> None:
    """9 kW at 49.5 Hz; 90 % of it is there within half a cycle of the mean response time."""
    device = _example()
    ports = _ports(device)
    _droop(ports)
    idle = _drawn(ports, 9.9)
    ports["grid"].play([replace(FLAT, frequency=49.5)], 10.0)
    assert idle - _drawn(ports, 15.0) == pytest.approx(9000.0, rel=2e-3)
    # The wattmeter's port tells the power of a time just past too, as the clamp does.
    t = np.arange(10.0, 11.0, 1e-3)
    fed = idle - np.array([_drawn(ports, one) for one in t])
    late = t[np.argmax(fed > 8100.0)] - 10.0
    assert late == pytest.approx(mean_response(device) / 1e3, abs=device.cycle / 2.0 + 1.5e-3)


@pytest.mark.parametrize(("share", "watts"), [(0.0, 0.0), (-1.0, -9000.0), (0.3, 2700.0)])
def test_a_flawed_droop_fails_physically(share: float, watts: float) -> None:
    """Absent, the wrong way, too weak: it takes the settings and does something else."""
    device = replace(_example(), conduct=Conduct(frequency=share))
    ports = _ports(device)
    _droop(ports)
    idle = _drawn(ports, 9.9)
    ports["grid"].play([replace(FLAT, frequency=49.5)], 10.0)
    assert idle - _drawn(ports, 15.0) == pytest.approx(watts, abs=20.0)
    assert ports["site"].enabled("frequency")


def test_a_dispatched_power_comes_under_the_ramp_and_is_split_by_charge() -> None:
    """5 kW/s to 10 kW; who has more above the reserve gives more; the total is the command."""
    ports = _ports(_example())
    site = ports["site"]
    site.set_ramp(5e3, 2.0)
    site.enable("dispatch", True, 2.0)
    site.dispatch(10e3, 10.0)
    assert site.state(11.0).power == pytest.approx(5e3, rel=0.1)
    settled = site.state(20.0)
    assert settled.power == pytest.approx(10e3, abs=5.0)
    charges = [unit.charge for unit in settled.units]
    powers = [unit.power for unit in settled.units]
    assert np.corrcoef(charges, powers)[0, 1] > 0.5
    site.run(False, 21.0)
    assert site.state(30.0).power == pytest.approx(0.0, abs=1e-6)


def test_reactive_power_holds_the_voltage_by_the_droop_and_the_line() -> None:
    """At rest Q is the droop's at the voltage that Q itself raises through the reactance."""
    ports = _ports(_example())
    site = ports["site"]
    droop = VoltageDroop(600.0, 2.3)
    site.set_voltage_droop(droop, 2.0)
    site.enable("voltage", True, 2.0)
    ports["grid"].play([replace(FLAT, voltage=(218.5,))], 10.0)
    low, rest = site.state(10.05), site.state(40.0)
    volts = abs(ports["analyzer"].state(40.0).voltage[1])
    assert rest.reactive_power == pytest.approx(600.0 * (230.0 - 2.3 - volts), rel=1e-3)
    raised = volts - low.voltage / (1.0 + power_errors.draw(1).site.voltage)
    assert raised == pytest.approx(rest.reactive_power * LINE.reactance / volts, rel=0.05)


def test_a_day_is_levelled_and_the_reserve_kept() -> None:
    """Valley filled and peak shaved by a third of the valley; no battery below the reserve."""
    good = power.solve("2.3-04", {"peak_shaving_and_valley_filling": True}, seed=5).device
    for device in (good, replace(good, conduct=Conduct(keeps_reserve=False))):
        ports = _ports(replace(device, charges=(0.45,) * 6))
        site = ports["site"]
        site.set_reserve(0.4, 2.0)
        entries = [ScheduledPower(3600.0 * h, w) for h, w in ((1, -1e3), (6, 0), (13, 1e3))]
        site.set_schedule(entries, 2.0)
        site.enable("schedule", True, 2.0)
        states = [site.state(1800.0 * half) for half in range(1, 48)]
        least = min(ports["ups_1"].battery.charge(86400.0), states[-1].charge)
        assert (least > 0.39) == device.conduct.keeps_reserve
        drawn = [state.site_power for state in states]
        assert max(drawn[26:30]) < 3700.0
        assert min(drawn[3:10]) > 2300.0


def test_a_grid_that_is_lost_in_mid_event_stops_all_and_comes_back() -> None:
    """No voltage, no current, units at rest, UPS inputs dead; then as before."""
    ports = _ports(_example())
    _droop(ports)
    grid = ports["grid"]
    grid.play([GridSegment((230.0,), 50.0, 10.0, frequency_end=49.0)], 10.0)
    assert ports["site"].state(14.0).power > 3000.0
    grid.connect(False, 15.0)
    assert ports["analyzer"].state(15.5).voltage[1] == 0.0
    assert ports["site"].state(16.0).power == pytest.approx(0.0, abs=1e-3)
    assert not ports["site"].state(16.0).units[0].online
    assert grid.flow(16.0)[0].power == 0.0
    assert ports["ups_2"].mains.voltage(16.0) == 0.0
    grid.connect(True, 16.5)
    grid.play([replace(FLAT, voltage=(0.0,))], 16.5)
    assert ports["site"].state(16.9).target == 0.0
    grid.play([FLAT], 17.0)
    assert ports["ups_2"].mains.voltage(20.0) > 225.0
    assert ports["site"].state(20.0).power == pytest.approx(0.0, abs=1.0)


def test_waveforms_and_wattmeter_tell_the_same_power() -> None:
    """Mean of v x i over a period against the phasors; trigger and marker edges are seen."""
    ports = _ports(_example())
    ports["site"].set_power(-4e3, 5.0)
    ports["site"].mark(5.0)
    ports["grid"].trigger(True, 6.0)
    volts, amps, event, marker = ports["scope"]
    t = 20.0 + np.arange(4000) / 4000 * 0.02
    watts = float(np.mean(volts.voltage(t) * amps.voltage(t))) / CLAMP
    assert watts == pytest.approx(_drawn(ports, 20.0), rel=2e-3)
    assert event.crossing(2.5, True, 0.0) == pytest.approx(6.0, abs=2e-3)
    assert marker.crossing(2.5, False, 0.0) == pytest.approx(5.05, abs=4e-3)
    found = volts.crossing(0.0, True, 20.0)
    assert found is not None
    assert abs(float(volts.voltage(np.array([found - 1e-6, found, found + 1e-6]))[1])) < 0.5


def test_a_snapshot_goes_on_where_it_was() -> None:
    """In mid-event, with a long list to come, within the size that is allowed."""
    device = _example()
    world = power.build(device, seed=4, t0=0.0)
    graph = Graph({"world": world.ports})
    site = world.ports["site"]
    site.run(True, 1.0)
    site.enable("frequency", True, 1.0)
    steps = [GridSegment((230.0,), 50.0 - 0.01 * n, 1.0) for n in range(99)]
    world.ports["grid"].play(steps, 5.0)
    world.ports["analyzer"].state(60.0)
    kept = graph.frozen()
    again = power.build(device, seed=4, t0=0.0)
    Graph({"world": again.ports}).thawed(kept)
    assert again.ports["analyzer"].state(80.0) == world.ports["analyzer"].state(80.0)
