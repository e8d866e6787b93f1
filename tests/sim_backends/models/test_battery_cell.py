from __future__ import annotations

import math

import pytest

from sim_backends.models.battery_cell import BatteryCell, CellParameters


def test_at_rest_it_shows_its_open_circuit_voltage() -> None:
    cell = BatteryCell(CellParameters(), charge=0.5)
    assert cell.voltage(0.0) == pytest.approx(3.68)
    assert cell.voltage(1e6) == pytest.approx(3.68)


def test_resistance_and_relaxation() -> None:
    p = CellParameters()
    cell = BatteryCell(p, charge=0.5)
    rest = cell.voltage(0.0)
    cell.drive(-1.0, 0.0)
    assert cell.voltage(0.0) == pytest.approx(rest - p.resistance)
    cell.drive(0.0, 10.0)
    after = cell.voltage(10.0)
    assert after < cell.voltage(300.0) < rest


def test_the_current_that_holds_a_voltage() -> None:
    cell = BatteryCell(CellParameters(), charge=0.5)
    current = cell.current_at(3.8, 0.0)
    cell.drive(current, 0.0)
    assert cell.voltage(0.0) == pytest.approx(3.8)


def test_charge_is_counted_with_coulombic_efficiency() -> None:
    p = CellParameters(efficiency=0.99, fade=0.0)
    cell = BatteryCell(p, charge=0.2)
    cell.drive(1.0, 0.0)
    assert cell.state_of_charge(3600.0) == pytest.approx(0.2 + 0.99 / p.capacity)
    cell.drive(-1.0, 3600.0)
    assert cell.state_of_charge(7200.0) == pytest.approx(0.2 - 0.01 / p.capacity)


def test_capacity_fades_with_what_has_passed() -> None:
    p = CellParameters(fade=1e-3)
    cell = BatteryCell(p, charge=0.5)
    for hour in range(10):
        cell.drive(1.0 if hour % 2 else -1.0, 3600.0 * hour)
    cell.voltage(36000.0)
    assert cell.capacity() == pytest.approx(p.capacity * math.exp(-0.01))


def test_current_warms_it() -> None:
    cell = BatteryCell(CellParameters(), charge=0.9)
    cell.drive(-2.5, 0.0)
    assert cell.temperature(1800.0) > 24.0
    cell.drive(0.0, 1800.0)
    assert cell.temperature(1e5) == pytest.approx(23.0)
