"""Beams, a laser in a fibre, a strong source of the bench `reference`: read within the sheets."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.gentec.maestro import GentecMaestro
from drivers.ophir.vega import OphirVega
from drivers.rigol.dl3021 import RigolDL3021
from drivers.roles.electronic_load import LoadReading
from drivers.roles.optical_spectrum_analyzer import OpticalSpectrum, SpectralLine
from drivers.yokogawa.aq6370 import YokogawaAQ6370
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from sim_backends.bench import RoleSpec
from sim_backends.worlds.reference.optics import SOURCE_RESISTANCE, TRUTH
from tests.system.test_reference_values import limit, on_bench

LOAD = RoleSpec("rigol.dl3021", "strong_source", "visa")
MAESTRO = RoleSpec("gentec.maestro", "infrared_beam", "serial")
VEGA = RoleSpec("ophir.vega", "red_beam", "serial")
ANALYSER = RoleSpec("yokogawa.aq6370", "fibre", "visa")
SETTLED = 2.0
"""Seconds after which the load reads back what is."""


def true(port: str, quantity: str) -> float:
    return TRUTH[port][quantity][0]


@pytest.mark.parametrize("seed", range(3))
def test_load_draws_from_the_source(seed: int) -> None:
    async def use(load: RigolDL3021) -> tuple[LoadReading, ...]:
        found: list[LoadReading] = []
        await load.sink_current(5.0)
        await load.input(True)
        for change in (
            lambda: load.sink_current(2.0),
            lambda: load.hold_voltage(11.5),
            lambda: load.sink_power(60.0),
            lambda: load.set_resistance(10.0),
        ):
            await change()
            await clock.sleep(SETTLED)
            found.append(await load.measure())
        await load.input(False)
        await clock.sleep(SETTLED)
        return *found, await load.measure()

    for reading in on_bench(LOAD, RigolDL3021, use, seed):
        left = true("strong_source", "voltage") - SOURCE_RESISTANCE * reading.current.value
        allowed = limit(reading.voltage) + SOURCE_RESISTANCE * limit(reading.current)
        assert abs(reading.voltage.value - left) < 1.05 * allowed
        assert reading.regulated


def test_load_that_trips_is_off_until_it_is_cleared() -> None:
    async def use(load: RigolDL3021) -> float:
        await load.set_protection(voltage=20.0, current=3.0, power=200.0)
        await load.sink_current(4.0)
        with pytest.raises(InstrumentError, match="overcurrent"):
            await load.input(True)
            await clock.sleep(SETTLED)
            await load.measure()
        await load.clear_trip()
        await load.sink_current(1.0)
        await load.input(True)
        await clock.sleep(SETTLED)
        return (await load.measure()).current.value

    assert on_bench(LOAD, RigolDL3021, use, 1) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("spec", "driver"), [(MAESTRO, GentecMaestro), (VEGA, OphirVega)], ids=["maestro", "vega"]
)
def test_power_meter_reads_the_beam(spec: RoleSpec, driver: Any, seed: int) -> None:
    async def use(meter: GentecMaestro | OphirVega) -> tuple[Reading, ...]:
        await meter.set_wavelength(true(spec.port, "wavelength"))
        await meter.set_averages(5)
        automatic = await meter.power()
        await meter.set_range(2 * true(spec.port, "power"))
        plain = await meter.power()
        await meter.set_attenuation(10.0)
        return automatic, plain, await meter.power()

    automatic, plain, corrected = on_bench(spec, driver, use, seed)
    for reading in (automatic, plain):
        assert abs(reading.value - true(spec.port, "power")) < 1.05 * limit(reading)
    assert corrected.value == pytest.approx(10 * plain.value, rel=0.02)


@pytest.mark.parametrize("spec", [MAESTRO, VEGA], ids=["maestro", "vega"])
def test_power_meter_is_not_zeroed_in_light(spec: RoleSpec) -> None:
    async def use(meter: GentecMaestro | OphirVega) -> None:
        with pytest.raises(InstrumentError, match="sees light"):
            await meter.zero()

    on_bench(spec, GentecMaestro if spec is MAESTRO else OphirVega, use, 1)


@pytest.mark.parametrize("seed", range(3))
def test_analyser_finds_the_laser(seed: int) -> None:
    async def use(analyser: YokogawaAQ6370) -> tuple[OpticalSpectrum, SpectralLine]:
        await analyser.set_span(1549e-9, 1551e-9)
        await analyser.set_resolution(0.05e-9)
        await analyser.set_sensitivity(-72.0)
        return await analyser.sweep(), await analyser.peak()

    spectrum, line = on_bench(ANALYSER, YokogawaAQ6370, use, seed)
    step = float(spectrum.wavelength.values[1] - spectrum.wavelength.values[0])
    off = abs(line.wavelength.value - true("fibre", "wavelength"))
    assert off < 1.05 * limit(line.wavelength) + step / 2
    assert abs(line.level.value) < 1.05 * limit(line.level), "0 dBm is 1 mW"
    assert spectrum.level.values.max() == pytest.approx(line.level.value, abs=1e-6)
    assert spectrum.resolution == pytest.approx(0.05e-9)
