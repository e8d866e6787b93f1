"""The battery bench's world: what its ports see of one cell."""

from __future__ import annotations

import pytest

from sim_backends.worlds import battery, battery_errors
from sim_backends.worlds.battery_errors import SPREADS


def world(seed: int = 3) -> battery.World:
    return battery.build(battery.example(seed), seed=seed, t0=0.0)


def test_the_shunt_sees_the_cells_current_and_a_little_thermal_voltage() -> None:
    ports = world().ports
    (cell,) = ports["cells"]
    errors = battery_errors.draw(3)
    rest = ports["shunt"].voltage(0.0, 0.0)
    assert abs(rest) < 3e-6 and rest == pytest.approx(errors.thermal_voltage, abs=1e-6)
    cell.drive(0.5, 10.0)
    assert ports["shunt"].voltage(0.0, 20.0) == pytest.approx(0.5 * errors.shunt, abs=3e-6)


def test_the_cell_follows_the_chamber_to_its_own_place() -> None:
    ports = world().ports
    (cell,) = ports["cells"]
    place = battery_errors.draw(3).place
    assert cell.temperature(0.0) == pytest.approx(battery.ROOM + place, abs=0.25)
    ports["chamber"].condition(0.1, 0.0, 0.0)
    air = ports["chamber"].temperature(600.0)
    assert battery.ROOM + place < cell.temperature(600.0) < air


def test_bends_wear_the_cell_and_the_electrode_lies_on_the_pan() -> None:
    ports = world().ports
    (cell,) = ports["cells"]
    ports["clamp"].bend(0.015, 1000.0, 5.0)
    assert cell.worn.damage > 0.0 and cell.worn.cycles == 0.0
    assert ports["pan"].loading(0.0).mass == cell.cell.electrode


def test_errors_are_those_of_the_seed_and_of_their_size() -> None:
    assert battery_errors.draw(7) == battery_errors.draw(7) != battery_errors.draw(8)
    places = [battery_errors.draw(seed).place for seed in range(60)]
    mean_square = sum(place * place for place in places) / len(places)
    assert 0.6 < mean_square / SPREADS["place"][0] ** 2 < 1.5
