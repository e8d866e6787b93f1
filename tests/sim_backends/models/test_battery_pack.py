from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.battery_pack import (
    BatteryPack,
    PackParameters,
    charge_at_rest,
    open_circuit,
)
from sim_backends.streams import stream

EVEN = PackParameters(spread=0.0, health=1.0)


def pack(charge: float = 0.5, parameters: PackParameters = EVEN) -> BatteryPack:
    return BatteryPack(parameters, charge=charge, rng=stream(1, "pack"))


def test_at_rest_the_cells_add_up() -> None:
    reading = pack().read(10.0)
    assert reading.voltage == pytest.approx(96 * 3.68)
    assert reading.current == 0.0 and len(reading.cells) == 96


def test_the_curve_and_its_inverse() -> None:
    charge = np.linspace(0, 1, 41)
    assert np.all(np.diff(open_circuit(charge)) > 0)
    assert charge_at_rest(open_circuit(charge)) == pytest.approx(charge)
    assert open_circuit(np.array([-0.01]))[0] < 3.0 < 4.2 < open_circuit(np.array([1.01]))[0]


def test_an_hour_of_half_the_capacity() -> None:
    one = pack(0.9)
    one.drive(25.0, 0.0)
    assert one.state_of_charge(3600.0) == pytest.approx(0.4)
    sagging = one.read(3600.0).voltage
    one.drive(0.0, 3600.0)
    assert one.read(3600.0).voltage - sagging == pytest.approx(96 * 25 * 1.2e-3)
    assert one.read(3900.0).voltage - sagging == pytest.approx(96 * 25 * 2.0e-3, rel=1e-3)


def test_looking_more_often_changes_nothing() -> None:
    often, once = pack(), pack()
    for each in (often, once):
        each.drive(-30.0, 0.0)
    for t in range(600):
        often.read(float(t))
    assert often.read(600.0).voltage == pytest.approx(once.read(600.0).voltage)
    assert often.read(600.0).modules == pytest.approx(once.read(600.0).modules)


@pytest.mark.parametrize("power", [-12000.0, 0.0, 5000.0, 15000.0])
def test_the_current_for_a_power(power: float) -> None:
    one = pack()
    one.drive(one.current_for(power, 0.0), 0.0)
    reading = one.read(0.0)
    assert reading.voltage * reading.current == pytest.approx(power, abs=1e-6)


def test_more_than_it_can_give() -> None:
    one = pack()
    most = one.current_for(1e9, 0.0)
    assert most == pytest.approx(96 * 3.68 / (2 * 96 * 1.2e-3))


def test_it_warms_with_current_and_weak_cells_end_first() -> None:
    one = pack(0.5, PackParameters())
    one.drive(50.0, 0.0)
    reading = one.read(1200.0)
    assert reading.modules.min() > 23.0 and reading.modules.max() > reading.modules.min()
    assert np.ptp(reading.cells) > 1e-3
