"""Power, sources and impedance on the simulated bench `reference`: what is true is read.

As in `test_reference_values`: driver and emulator are each written from the maker's manual.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from drivers.keithley.k2400 import Keithley2400
from drivers.keysight.e4980a import KeysightE4980A
from drivers.rigol.dp832 import RigolDP832
from drivers.rigol.dp832_ch2 import RigolDP832Channel2
from drivers.rigol.dp832_ch3 import RigolDP832Channel3
from drivers.roles.dc_power_supply import SupplyReading
from drivers.roles.impedance_analyzer import ImpedancePoint, ImpedanceSweep
from drivers.roles.power_analyzer import EnergyReading, PowerReading
from drivers.roles.source_meter import IVPoint
from drivers.yokogawa.wt310e import YokogawaWT310E
from labctl import clock
from labctl.errors import InstrumentError
from sim_backends.bench import RoleSpec
from sim_backends.faults import Fault, Garble, Reboot, Silence, Truncate
from tests.system.spoiled import asked_twice
from tests.system.test_reference_values import limit, on_bench

SMU = RoleSpec("keithley.k2400", "resistor", "visa")
LOAD = RoleSpec("yokogawa.wt310e", "ac_load", "visa")
SUPPLY = RoleSpec("rigol.dp832", "supply_loads", "visa")
BRIDGE = RoleSpec("keysight.e4980a", "rc_network", "visa")

RESISTOR, LOADS = 1000.0, {1: 100.0, 2: 50.0, 3: 10.0}
VOLTS, WATTS, HERTZ = 230.0, 368.0, 50.0
SERIES, PARALLEL, FARADS = 100.0, 10e3, 100e-9
SEEDS = pytest.mark.parametrize("seed", range(3))


@SEEDS
def test_source_meter_reads_the_resistor(seed: int) -> None:
    async def use(meter: Keithley2400) -> tuple[list[IVPoint], IVPoint]:
        await meter.wires(4)
        swept = await meter.sweep_voltage(1.0, -1.0, 5, delay=0.01, compliance=5e-3)
        await meter.source_current(1e-3, compliance=2.0)
        await meter.output(True)
        return swept, await meter.measure()

    swept, held = on_bench(SMU, Keithley2400, use, seed)
    for point in [*swept, held]:
        allowed = limit(point.voltage) + RESISTOR * limit(point.current)
        assert abs(point.voltage.value - RESISTOR * point.current.value) < 1.05 * allowed
        assert not point.in_compliance
    assert [round(point.voltage.value, 1) for point in swept] == [1.0, 0.5, -0.0, -0.5, -1.0]
    steps = np.diff([point.current.t for point in swept])
    assert steps == pytest.approx([steps[0]] * 4) and steps[0] > 0.01


def test_source_meter_tells_its_compliance() -> None:
    async def use(meter: Keithley2400) -> IVPoint:
        await meter.source_voltage(5.0, compliance=1e-3)
        await meter.output(True)
        return await meter.measure()

    point = on_bench(SMU, Keithley2400, use, 1)
    assert point.in_compliance
    assert point.voltage.value == pytest.approx(1.0, rel=0.02)


@SEEDS
def test_power_meter_reads_the_load(seed: int) -> None:
    async def use(meter: YokogawaWT310E) -> tuple[PowerReading, EnergyReading]:
        await meter.set_range(1, voltage=230.0, current=2.0)
        read = await meter.measure(1)
        await meter.integrate(True)
        await clock.sleep(600.0)
        summed = await meter.integrated(1)
        await meter.integrate(False)
        await meter.clear_integration()
        return read, summed

    read, summed = on_bench(LOAD, YokogawaWT310E, use, seed)
    assert abs(read.voltage.value - VOLTS) < 1.05 * limit(read.voltage)
    assert abs(read.power.value - WATTS) < 1.05 * limit(read.power)
    assert abs(read.reactive_power.value) < read.apparent_power.value
    assert read.frequency is not None
    assert read.frequency.value == pytest.approx(HERTZ, rel=6e-4)
    assert abs(summed.energy.value - WATTS * summed.duration.value) < 1.05 * limit(summed.energy)
    assert summed.duration.value == pytest.approx(600.0, abs=2.0)


def test_power_meter_waits_for_a_whole_interval() -> None:
    async def use(meter: YokogawaWT310E) -> float:
        await meter.set_update_interval(2.0)
        began = clock.now()
        await meter.measure(1)
        return clock.now() - began

    assert 2.0 <= on_bench(LOAD, YokogawaWT310E, use, 1) < 4.5


def test_power_meter_tells_what_is_beyond_its_range() -> None:
    async def use(meter: YokogawaWT310E) -> None:
        await meter.set_range(1, voltage=60.0, current=2.0)
        with pytest.raises(InstrumentError, match="beyond") as caught:
            await meter.measure(1)
        assert caught.value.remedy

    on_bench(LOAD, YokogawaWT310E, use, 1)


@pytest.mark.parametrize("answer", range(1, 5))
@pytest.mark.parametrize(
    "fault",
    [
        lambda at: Reboot(at=at, seconds=3.0),
        lambda at: Truncate(at=at, keep=5),
        lambda at: Garble(at=at, mask=0x40),
        lambda at: Silence(at=at, times=1),
    ],
    ids=["restart", "cut", "garbled", "silence"],
)
def test_a_spoiled_reading_of_power_is_a_clear_error_or_right(
    fault: Callable[[int], Fault], answer: int
) -> None:
    async def prepare(meter: YokogawaWT310E) -> None:
        await meter.set_range(1, voltage=230.0, current=2.0)

    async def use(meter: YokogawaWT310E) -> PowerReading:
        return await meter.measure(1)

    _, second = asked_twice(LOAD, YokogawaWT310E, prepare, use, lambda at: fault(at + answer - 1))
    if isinstance(second, PowerReading):
        assert abs(second.power.value - WATTS) < 1.05 * limit(second.power)
        assert second.voltage.accuracy is not None and second.voltage.accuracy.range == 300.0


def test_power_meter_reads_harmonics() -> None:
    async def use(meter: YokogawaWT310E) -> tuple[Any, Any]:
        return await meter.harmonics(1, orders=5), await meter.current_harmonics(1, orders=5)

    volts, amps = on_bench(LOAD, YokogawaWT310E, use, 1)
    assert abs(volts[0].value - VOLTS) < 1.05 * limit(volts[0])
    assert all(one.value < 0.05 * VOLTS for one in volts[1:])
    assert amps[2].value == pytest.approx(0.2, abs=limit(amps[2]))


@pytest.mark.parametrize("driver", [RigolDP832, RigolDP832Channel2, RigolDP832Channel3])
def test_supply_drives_its_load(driver: type[RigolDP832]) -> None:
    async def use(supply: RigolDP832) -> tuple[SupplyReading, ...]:
        await supply.set_voltage(5.0)
        await supply.set_current_limit(2.0)
        await supply.output(True)
        await clock.sleep(1.0)
        regulated = await supply.measure()
        await supply.set_current_limit(0.03)
        await clock.sleep(1.0)
        limited = await supply.measure()
        await supply.safe()
        return regulated, limited, await supply.measure()

    regulated, limited, off = on_bench(SUPPLY, driver, use, 1)
    ohms = LOADS[driver.channel]
    volts, amps = regulated.voltage, regulated.current
    assert abs(volts.value - 5.0) < limit(volts) + 5.0 * 5e-4 + 20e-3
    assert abs(volts.value - ohms * amps.value) < limit(volts) + ohms * (limit(amps) + 1e-3)
    assert (regulated.mode, limited.mode, off.mode) == (
        "constant_voltage",
        "constant_current",
        "off",
    )
    assert off.voltage.value == pytest.approx(0.0, abs=0.05)


def test_supply_trips_and_is_cleared() -> None:
    async def use(supply: RigolDP832) -> float:
        await supply.set_current_limit(1.0)
        await supply.set_voltage(5.0)
        await supply.set_protection(voltage=4.0, current=2.0)
        await supply.output(True)
        await clock.sleep(1.0)
        assert await supply.trip() == "over_voltage"
        with pytest.raises(InstrumentError, match="over-voltage"):
            await supply.output(True)
        await supply.set_voltage(3.0)
        await supply.clear_trip()
        await supply.output(True)
        await clock.sleep(1.0)
        assert await supply.trip() == "none"
        return (await supply.measure()).voltage.value

    assert on_bench(SUPPLY, RigolDP832, use, 1) == pytest.approx(3.0, abs=0.05)


def impedance(frequency: float) -> complex:
    """Of the network in ohm at `frequency` in Hz."""
    return SERIES + 1.0 / (1.0 / PARALLEL + 2j * math.pi * frequency * FARADS)


@SEEDS
def test_impedance_analyzer_reads_the_network(seed: int) -> None:
    async def use(meter: KeysightE4980A) -> tuple[ImpedancePoint, ImpedanceSweep]:
        point = await meter.measure()
        await meter.integrate("long", 2)
        return point, await meter.sweep_frequency([100.0, 1e3, 10e3, 100e3])

    point, sweep = on_bench(BRIDGE, KeysightE4980A, use, seed)
    true = impedance(point.frequency)
    assert abs(point.resistance.value - true.real) < 1.05 * limit(point.resistance)
    assert abs(point.reactance.value - true.imag) < 1.05 * limit(point.reactance)
    found = sweep.resistance.values + 1j * sweep.reactance.values
    for frequency, value in zip(sweep.frequency, found, strict=True):
        assert abs(value - impedance(frequency)) < 3e-3 * abs(value)
        assert cmath.phase(value) == pytest.approx(cmath.phase(impedance(frequency)), abs=2e-3)


def test_impedance_analyzer_refuses_to_correct_with_a_device() -> None:
    async def use(meter: KeysightE4980A) -> None:
        with pytest.raises(InstrumentError, match="correction was not taken") as caught:
            await meter.correct("open")
        assert caught.value.remedy
        assert not await meter.is_corrected()

    on_bench(BRIDGE, KeysightE4980A, use, 1)


def test_impedance_analyzer_sweeps_the_bias_and_switches_it_off() -> None:
    async def use(meter: KeysightE4980A) -> tuple[ImpedanceSweep, ImpedancePoint]:
        swept = await meter.sweep_bias([0.0, 1.5, -1.0], delay=0.1)
        return swept, await meter.measure()

    swept, after = on_bench(BRIDGE, KeysightE4980A, use, 1)
    assert list(swept.bias) == [0.0, 1.5, -1.0] and after.bias == 0.0
