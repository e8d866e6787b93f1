"""Droops and the apparent-power circle by hand."""

import pytest

from sim_backends.models.droop import power_for, reactive_for, reactive_room
from sim_backends.models.power_ports import FrequencyDroop, VoltageDroop


@pytest.mark.parametrize(
    ("hertz", "watts"), [(50.0, 0.0), (49.95, 0.0), (49.5, 9000.0), (50.5, -9000.0)]
)
def test_low_frequency_asks_for_power(hertz: float, watts: float) -> None:
    """20 kW/Hz beyond 50 mHz."""
    assert power_for(hertz, FrequencyDroop(20e3, 0.05)) == pytest.approx(watts, abs=1e-6)


@pytest.mark.parametrize(("volts", "var"), [(231.0, 0.0), (218.5, 5520.0), (241.5, -5520.0)])
def test_low_voltage_asks_for_reactive_power(volts: float, var: float) -> None:
    """600 var/V beyond 2.3 V."""
    assert reactive_for(volts, VoltageDroop(600.0, 2.3)) == pytest.approx(var)


def test_active_power_comes_first() -> None:
    """What is left of the circle."""
    assert reactive_room(5.0, 3.0) == 4.0
    assert reactive_room(5.0, -5.0) == 0.0
    assert reactive_room(5.0, 6.0) == 0.0
