"""Direction 5.2's electrolysis on its simulated bench: the map's devices are told apart."""

from __future__ import annotations

import math

import pytest

from drivers.hioki.bt4560 import HiokiBT4560
from drivers.roles.dc_power_supply import SupplyReading
from drivers.roles.impedance_analyzer import ImpedancePoint
from drivers.tdk_lambda.genesys_plus import GenesysPlus
from labctl import catalogue, clock
from labctl.proficiency.trial import Trial, tried
from sim_backends.bench import RoleSpec
from sim_backends.worlds.reference.power import BAR, CELL
from tests.system.test_reference_values import limit, on_bench

NOMINAL = {"nominal": "PASS", "failing": "FAIL"}


@pytest.mark.parametrize("id", ["5.2-02", "5.2-04", "5.2-05"])
@pytest.mark.parametrize("dut", list(NOMINAL))
def test_the_maps_devices_are_told_apart(id: str, dut: str) -> None:
    found = tried(catalogue.load().get(id), Trial(3, dut=dut))
    assert not found.error
    assert found.outcome == NOMINAL[dut]


@pytest.mark.parametrize(
    ("id", "key", "true"),
    [
        ("5.2-02", "area_specific_resistance", 52.0),
        ("5.2-04", "cell_voltage", 1.895),
        ("5.2-05", "voltage_decay_rate", 22.0),
    ],
)
def test_a_true_value_is_measured(id: str, key: str, true: float) -> None:
    found = tried(catalogue.load().get(id), Trial(11, key, true))
    assert not found.error
    assert abs(found.value - true) < 4.0 * found.u


def test_a_large_cell_is_read_in_its_limits() -> None:
    rs, rct, cdl, volts = CELL

    async def use(meter: HiokiBT4560) -> list[ImpedancePoint]:
        await meter.integrate("long", 1)
        points: list[ImpedancePoint] = []
        for frequency in (1000.0, 10.0, 0.1):
            await meter.set_frequency(frequency)
            points.append(await meter.measure())
        return points

    points = on_bench(RoleSpec("hioki.bt4560", "large_cell", "serial"), HiokiBT4560, use, 1)
    for point in points:
        z = rs + 1.0 / (1.0 / rct + 2j * math.pi * point.frequency * cdl)
        assert abs(point.resistance.value - z.real) < 1.2 * limit(point.resistance)
        assert abs(point.reactance.value - z.imag) < 1.2 * limit(point.reactance)
        assert point.bias == pytest.approx(volts, abs=1e-3)


def test_a_bar_is_heated_at_constant_current() -> None:
    async def use(supply: GenesysPlus) -> SupplyReading:
        await supply.set_voltage(5.0)
        await supply.set_current_limit(1000.0)
        await supply.output(True)
        await clock.sleep(5.0)
        return await supply.measure()

    found = on_bench(RoleSpec("tdk_lambda.genesys_plus", "heater_bar", "visa"), GenesysPlus, use, 1)
    assert found.mode == "constant_current"
    assert found.current.value == pytest.approx(1000.0, abs=15.0)
    allowed = limit(found.voltage) + BAR * limit(found.current)
    assert abs(found.voltage.value - BAR * found.current.value) < 1.1 * allowed
