"""Batteries behind converters: what is fed in comes out of them, with losses."""

import numpy as np
import pytest

from sim_backends.data.power import BATTERY, PACK
from sim_backends.models.battery_pack import BatteryPack
from sim_backends.models.unit_store import CONVERTER, SharedPack, UnitBattery, direct


class _Still:
    """Nothing else goes through time."""

    def settle(self, t: float) -> None:
        """Nothing to do."""


def _battery() -> UnitBattery:
    return UnitBattery(BATTERY, _Still(), charge=0.5, t0=0.0)


def test_losses_are_on_the_side_of_the_battery() -> None:
    """Discharge takes more than is fed in, charge stores less than is taken."""
    assert direct(95.0) == pytest.approx(95.0 / CONVERTER)
    assert direct(-100.0) == pytest.approx(-100.0 * CONVERTER)


def test_energy_fed_in_lowers_the_charge_and_taken_in_raises_it() -> None:
    """100 W for an hour out of 2.3 kWh at 24 V: by current over capacity."""
    battery = _battery()
    battery.settle(100.0 * 3600.0, 0.0, 3600.0)
    current = 100.0 / CONVERTER / battery.voltage(3600.0)
    assert 0.5 - battery.charge(3600.0) == pytest.approx(current / (100.0 * 0.95), rel=0.02)
    before = battery.level()
    battery.settle(-100.0 * 3600.0, 3600.0, 7200.0)
    assert battery.level() > before


def test_the_stage_of_the_ups_comes_on_top() -> None:
    """On battery the unit's own load empties it too; its charger is off."""
    battery = _battery()
    battery.draw(-60.0, 0.0)
    assert battery.charge(600.0) == 0.5
    battery.draw(200.0, 600.0)
    assert battery.charge(1200.0) < 0.5


def test_a_shared_pack_sees_both_converters() -> None:
    """The inverter's own current and the cluster's add up; its own power is told."""
    inner = BatteryPack(PACK, charge=0.6, rng=np.random.default_rng(1))
    pack = SharedPack(inner, _Still(), 0.0)
    pack.drive(5.0, 0.0)
    pack.settle(300.0 * 600.0, 0.0, 600.0)
    volts = pack.read(600.0).voltage
    assert pack.read(600.0).current == pytest.approx(5.0 + 300.0 / CONVERTER / volts, rel=0.02)
    assert pack.own_power() == pytest.approx(5.0 * volts * CONVERTER, rel=0.03)
    assert pack.level() < 0.6
    assert pack.health() == PACK.health
