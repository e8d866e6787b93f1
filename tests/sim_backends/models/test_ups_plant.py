from __future__ import annotations

import pytest

from sim_backends.models.mains import Mains
from sim_backends.models.ups_plant import BatteryParameters, LeadAcidBattery, UpsPlant


def minutes_at(power: float, health: float = 1.0) -> float:
    battery = LeadAcidBattery(BatteryParameters(health=health))
    battery.draw(power, 0.0)
    t = 0.0
    while battery.charge(t) > 0.0:
        t += 10.0
    return t / 60.0


def test_more_power_empties_it_more_than_in_proportion() -> None:
    assert minutes_at(450.0) == pytest.approx(36.0, rel=0.15)
    assert minutes_at(900.0) < minutes_at(450.0) / 2.1
    assert minutes_at(450.0, 0.5) < 0.55 * minutes_at(450.0)


def test_a_worn_battery_sags_more() -> None:
    good, worn = (LeadAcidBattery(BatteryParameters(health=health)) for health in (1.0, 0.4))
    assert good.voltage(0.0) == worn.voltage(0.0) == pytest.approx(25.56)
    for battery in (good, worn):
        battery.draw(500.0, 0.0)
    assert worn.voltage(0.0) < good.voltage(0.0) - 2.0


def test_charging_ends_full() -> None:
    battery = LeadAcidBattery(BatteryParameters(), charge=0.5)
    battery.draw(-60.0, 0.0)
    assert battery.charge(3600.0) > 0.6
    assert battery.charge(1e5) == 1.0


def test_known_changes() -> None:
    plant = UpsPlant(Mains(), LeadAcidBattery(BatteryParameters()))
    assert plant.next_change(0.0) is None
    plant.mains.fail(50.0)
    plant.schedule_load(20.0, 700.0)
    assert plant.next_change(0.0) == 20.0
    assert plant.load(20.0) == (700.0, pytest.approx(777.8, abs=0.1))
    assert plant.next_change(20.0) == 50.0
