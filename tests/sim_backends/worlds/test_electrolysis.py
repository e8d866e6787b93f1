from __future__ import annotations

import pytest

from sim_backends.models import electrolysis_cell as cells
from sim_backends.worlds import electrolysis
from sim_backends.worlds.electrolysis_ports import Bars, Leads, Person, Plate, Taps
from sim_backends.worlds.electrolysis_scene import LEADS, Scene


def ports(seed: int = 1) -> tuple[Scene, Bars, Taps, Plate]:
    scene = Scene(electrolysis.example(seed), seed, 0.0)
    return scene, Bars(scene), Taps(scene), Plate(scene)


def test_the_supply_sees_its_leads_and_the_taps_do_not() -> None:
    scene, bars, taps, _ = ports()
    volts = bars.voltage(500.0, 10.0)
    scene.advance(600.0)
    volts = bars.voltage(500.0, 600.0)
    inside = taps.voltage(0.0, 600.0)
    assert volts - inside == pytest.approx(500.0 * LEADS, abs=1e-3)
    assert taps.current(1.0, 600.0) == 0.0
    amps = bars.current(volts, 600.0)
    assert amps == pytest.approx(500.0, rel=1e-3)


def test_a_supply_that_tries_does_not_age_the_cell() -> None:
    scene, bars, taps, _ = ports()
    for _ in range(100):
        bars.voltage(800.0, 5.0)
        bars.disconnect(5.0)
    scene.advance(10.0)
    assert scene.impedance(100.0, 10.0).real > 0.0
    assert scene._age.condition.kinetic == 0.0  # pyright: ignore[reportPrivateUsage]
    assert taps.voltage(0.0, 10.0) == pytest.approx(cells.reversible(23.0, 1, 1), abs=0.02)


def test_the_plate_follows_its_heater() -> None:
    _, _, _, plate = ports()
    before = plate.temperature(0.0)
    plate.heat(0.5, 0.0)
    assert plate.temperature(3600.0) == pytest.approx(before + 35.0, abs=1.0)


def test_many_short_steps_are_one_long() -> None:
    one, other = ports(3), ports(3)
    for scene, bars, _, _ in (one, other):
        bars.voltage(510.0, 0.0)
        scene.advance(1.0)
    for hour in range(1, 101):
        one[2].voltage(0.0, 3600.0 * hour)
    assert one[2].voltage(0.0, 360000.0) == pytest.approx(other[2].voltage(0.0, 360000.0), rel=1e-9)


def test_a_person_moves_the_leads_of_the_impedance_meter_alone() -> None:
    scene, bars, taps, _ = ports()
    leads, person = Leads(scene), Person(scene)
    bars.voltage(500.0, 1.0)
    cell = leads.impedance(100.0, 0.0, 1.0)
    person.acted("zero_bar", "not at hand", 1.0)
    assert leads.impedance(100.0, 0.0, 1.0) == cell
    person.acted("zero_bar", "on the bar", 1.0)
    assert abs(leads.impedance(100.0, 0.0, 1.0)) < 1e-6 < abs(cell)
    assert leads.voltage(0.0, 1.0) == 0.0
    assert taps.voltage(0.0, 1.0) > 1.2
    person.acted("cell_leads", "on the cell", 1.0)
    assert leads.impedance(100.0, 0.0, 1.0) == cell


def test_two_benches_differ() -> None:
    offsets = {ports(seed)[0].errors.sensor for seed in range(5)}
    assert len(offsets) == 5
    world = electrolysis.build(electrolysis.example(1), seed=1, t0=0.0)
    assert set(world.ports) == {"bars", "taps", "leads", "plate", "operator"}
