"""What is wired to a scanner and to a potentiostat on the bench `reference`: read within sheets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drivers.keithley.daq6510 import KeithleyDAQ6510
from drivers.palmsens.emstat_pico import PalmSensEmStatPico
from drivers.roles.digital_multimeter_scanner import ScanChannel
from labctl.evidence import Reading
from sim_backends.bench import RoleSpec
from sim_backends.worlds.reference.first_ten import TRUTH
from tests.system.test_reference_values import limit, on_bench

MULTIPLEXER = RoleSpec("keithley.daq6510", "multiplexer", "visa")
CELL = RoleSpec("palmsens.emstat_pico", "randles_cell", "serial")


def true(port: str, quantity: str) -> float:
    return TRUTH[port][quantity][0]


@pytest.mark.parametrize("seed", range(3))
def test_temperatures_of_thermocouples_and_platinum(seed: int) -> None:
    async def use(logger: KeithleyDAQ6510) -> tuple[Reading, ...]:
        await logger.configure(101, "K")
        await logger.configure(102, "T")
        await logger.configure(103, "Pt100")
        return await logger.temperatures([101, 102, 103])

    for number, reading in zip(
        (101, 102, 103), on_bench(MULTIPLEXER, KeithleyDAQ6510, use, seed), strict=True
    ):
        expected = true("multiplexer", f"channel_{number}_temperature")
        assert abs(reading.value - expected) < 1.05 * limit(reading), number


def test_voltages_and_resistances_of_channels_and_an_open_one() -> None:
    async def use(logger: KeithleyDAQ6510) -> tuple[Any, bool]:
        found = await logger.scan([ScanChannel(104, "voltage"), ScanChannel(105, "resistance")])
        await logger.configure(108, "K")
        return found, await logger.is_open(108)

    (volts, ohms), is_open = on_bench(MULTIPLEXER, KeithleyDAQ6510, use, 1)
    assert abs(volts.value - true("multiplexer", "channel_104_voltage")) < 1.05 * limit(volts)
    assert abs(ohms.value - true("multiplexer", "channel_105_resistance")) < 1.05 * limit(ohms)
    assert is_open


@pytest.mark.parametrize("seed", range(2))
def test_impedance_tells_the_parts_of_a_randles_cell(seed: int) -> None:
    async def use(pico: PalmSensEmStatPico) -> Any:
        await pico.set_current_range(1e-3)
        high = await pico.impedance([100e3, 50e3], potential=0.0, amplitude=0.05)
        await pico.set_current_range(60e-6)
        return high, await pico.impedance([100.0, 16.0, 1.0, 0.1], potential=0.0, amplitude=0.05)

    high, low = on_bench(CELL, PalmSensEmStatPico, use, seed)
    solution = float(np.mean(high.real.values))
    assert solution == pytest.approx(true("randles_cell", "solution_resistance"), rel=0.05)
    transfer = low.real.values[-1] - solution
    assert transfer == pytest.approx(true("randles_cell", "charge_transfer_resistance"), rel=0.05)
    impedance = low.real.values + 1j * low.imaginary.values - solution
    layer = np.imag(1.0 / impedance) / (2.0 * np.pi * np.asarray(low.frequency))
    expected = true("randles_cell", "double_layer_capacitance")
    assert float(np.median(np.abs(layer[:3]))) == pytest.approx(expected, rel=0.06)
