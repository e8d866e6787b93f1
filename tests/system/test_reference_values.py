"""Drivers on the simulated bench `reference`: what they read is what is true, within the sheets.

Driver and emulator are each written from the maker's manual; a value that agrees was told in the
same commands, units and signs by both.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.keithley.k2636b import Keithley2636B
from drivers.keithley.k2636b_smub import Keithley2636BChannelB
from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.palmsens.emstat_pico import PalmSensEmStatPico
from drivers.roles.source_meter import IVPoint
from drivers.thorlabs.pm100d import ThorlabsPM100D
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from sim_backends.bench import RoleSpec, SimBench
from tests.drivers.scripted import run

SMU = RoleSpec("keithley.k2636b", "resistor_pair", "visa")
PICO = RoleSpec("palmsens.emstat_pico", "dummy_cell", "serial")
METER = RoleSpec("thorlabs.pm100d", "beam", "visa")
RESISTOR, DUMMY_CELL, BEAM = 1000.0, 10e3, 1e-3


def on_bench(spec: RoleSpec, driver: Any, use: Callable[[Any], Awaitable[Any]], seed: int) -> Any:
    """What `use` makes of an identified driver on the emulator of `spec`."""
    bench = SimBench("reference", {"one": spec}, None, seed)

    async def body() -> Any:
        bench.open(clock.now())
        doors = Doors(simulated=True, visa_library=bench.visa_library)
        link = await open_link(bench.address("one"), doors, driver.settings)
        opened = driver(link, {})
        try:
            await opened.identify()
            return await use(opened)
        finally:
            await opened.safe()
            await opened.close()
            bench.close()

    return run(body)


def limit(reading: Reading) -> float:
    """Limits of error by the driver's own line of the sheet, in the reading's unit."""
    assert reading.accuracy is not None
    return reading.accuracy.gain * abs(reading.value) + reading.accuracy.offset


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("driver", [Keithley2636B, Keithley2636BChannelB])
def test_source_meter_reads_the_resistor(driver: type[Keithley2636B], seed: int) -> None:
    async def use(meter: Keithley2636B) -> list[IVPoint]:
        await meter.wires(4)
        return await meter.sweep_voltage(1.0, -1.0, 5, delay=0.01, compliance=5e-3)

    for point in on_bench(SMU, driver, use, seed):
        allowed = limit(point.voltage) + RESISTOR * limit(point.current)
        assert abs(point.voltage.value - RESISTOR * point.current.value) < 1.05 * allowed
        assert not point.in_compliance


def test_source_meter_tells_its_compliance() -> None:
    async def use(meter: Keithley2636B) -> IVPoint:
        await meter.source_voltage(5.0, compliance=1e-3)
        await meter.output(True)
        return await meter.measure()

    point = on_bench(SMU, Keithley2636B, use, 1)
    assert point.in_compliance
    assert point.voltage.value == pytest.approx(1.0, rel=0.02)


@pytest.mark.parametrize("seed", range(3))
def test_potentiostat_reads_the_dummy_cell(seed: int) -> None:
    async def use(pico: PalmSensEmStatPico) -> tuple[Any, ...]:
        await pico.set_current_range(60e-6)
        curve = await pico.linear_sweep(-0.5, 0.5, step=0.05, rate=0.5)
        cycles = await pico.cyclic_voltammetry(0.0, 0.3, -0.3, step=0.05, rate=0.5, scans=2)
        steady = await pico.chronoamperometry(0.3, interval=0.1, duration=1.0)
        pulses = await pico.square_wave_voltammetry(
            -0.2, 0.2, step=0.05, amplitude=0.05, frequency=10.0
        )
        return curve, cycles, steady, pulses, await pico.open_circuit_potential()

    curve, cycles, steady, pulses, open_circuit = on_bench(PICO, PalmSensEmStatPico, use, seed)
    slope = (curve.potential.values[-1] - curve.potential.values[0]) / (
        curve.current.values[-1] - curve.current.values[0]
    )
    assert slope == pytest.approx(DUMMY_CELL, rel=0.02)
    assert set(cycles.scan) == {1, 2}
    assert cycles.potential.values.max() == pytest.approx(0.3, abs=0.01)
    assert steady.current.values.mean() == pytest.approx(0.3 / DUMMY_CELL, rel=0.03)
    assert len(steady.time) == 10
    assert pulses.current.values.mean() == pytest.approx(2 * 0.05 / DUMMY_CELL, rel=0.05)
    assert abs(open_circuit.value) < limit(open_circuit)


def test_potentiostat_holds_and_measures_and_marks_overload() -> None:
    async def use(pico: PalmSensEmStatPico) -> tuple[Any, ...]:
        await pico.apply_potential(0.3)
        await pico.cell(True)
        held = await pico.measure()
        await pico.cell(False)
        await pico.set_current_range(5e-6)
        return held, await pico.chronoamperometry(1.0, interval=0.1, duration=0.5)

    held, overloaded = on_bench(PICO, PalmSensEmStatPico, use, 1)
    assert held.potential.value == pytest.approx(0.3, abs=0.01)
    assert held.current.value == pytest.approx(0.3 / DUMMY_CELL, rel=0.1)
    assert overloaded.overloaded.all()
    assert all(math.isnan(value) for value in overloaded.current.values)


def test_potentiostat_measures_impedance() -> None:
    async def use(pico: PalmSensEmStatPico) -> Any:
        await pico.set_current_range(20e-6)
        return await pico.impedance([10e3, 1e3, 100.0], potential=0.0, amplitude=0.1)

    spectrum = on_bench(PICO, PalmSensEmStatPico, use, 1)
    size = (spectrum.real.values**2 + spectrum.imaginary.values**2) ** 0.5
    assert size == pytest.approx(DUMMY_CELL, rel=0.05)
    assert spectrum.frequency == pytest.approx([10e3, 1e3, 100.0], rel=0.02)


@pytest.mark.parametrize("seed", range(5))
def test_power_meter_reads_the_beam(seed: int) -> None:
    async def use(meter: ThorlabsPM100D) -> tuple[Reading, Reading]:
        await meter.set_wavelength(635e-9)
        await meter.set_averages(10)
        plain = await meter.power()
        await meter.set_attenuation(10.0)
        return plain, await meter.power()

    plain, corrected = on_bench(METER, ThorlabsPM100D, use, seed)
    assert abs(plain.value - BEAM) < 1.05 * limit(plain)
    assert corrected.value == pytest.approx(10 * plain.value, rel=0.02)


def test_power_meter_is_not_zeroed_in_light() -> None:
    async def use(meter: ThorlabsPM100D) -> None:
        with pytest.raises(InstrumentError):
            await meter.zero()

    on_bench(METER, ThorlabsPM100D, use, 1)
