"""An analytical bench: flow controller, Rodeostat and mass spectrometer read what is true."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Coroutine
from typing import Any

import numpy as np
import pytest

from drivers.bronkhorst.propar import BronkhorstPropar
from drivers.iorodeo.rodeostat import IoRodeoRodeostat
from drivers.roles.mass_flow_controller import GasFlow
from drivers.srs.rga import SrsRga
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from sim_backends.bench import RoleSpec
from sim_backends.worlds.reference.analytics import INLET_FLOW, RESIDUAL_GAS, TRUTH
from tests.system.test_reference_values import limit, on_bench

INLET = RoleSpec("bronkhorst.propar", "gas_inlet", "serial")
CELL = RoleSpec("iorodeo.rodeostat", "analysis_cell", "serial")
CHAMBER = RoleSpec("srs.rga", "vacuum_chamber", "serial")
RESISTANCE = TRUTH["analysis_cell"]["resistance"][0]
FULL = 500e-6 / 60
"""Full scale of the controller in m**3/s."""


async def broken_off(measurement: Coroutine[Any, Any, object], seconds: float) -> None:
    """Cancel `measurement` after `seconds`, as an abort does."""
    task = asyncio.ensure_future(measurement)
    await clock.sleep(seconds)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("seed", range(4))
def test_flow_controller_holds_what_passes_its_valve(seed: int) -> None:
    async def use(mfc: BronkhorstPropar) -> tuple[GasFlow, GasFlow, GasFlow, Reading]:
        closed = await mfc.flow()
        await mfc.set_flow(0.5 * FULL)
        await clock.sleep(10.0)
        half = await mfc.flow()
        await mfc.reset_total()
        await clock.sleep(600.0)
        total = await mfc.total()
        await mfc.set_flow(0.0)
        await clock.sleep(10.0)
        return closed, half, await mfc.flow(), total

    closed, half, again, total = on_bench(INLET, BronkhorstPropar, use, seed)
    for one in (closed, again):
        assert abs(one.flow.value) < 1.05 * limit(one.flow)
    # the controller holds what it reads; what truly flows differs by its error
    assert abs(half.flow.value - 0.5 * FULL) < 1.05 * limit(half.flow)
    assert half.temperature is not None
    assert half.temperature.value == pytest.approx(TRUTH["gas_inlet"]["temperature"][0], abs=1.0)
    assert abs(total.value - 300 * FULL) < 1.05 * limit(total)


def test_flow_controller_ramps_and_closes_whatever_is_set() -> None:
    async def use(mfc: BronkhorstPropar) -> list[float]:
        await mfc.set_ramp(FULL / 100)
        await mfc.set_flow(0.8 * FULL)
        await clock.sleep(40.0)
        found = [(await mfc.flow()).flow.value]
        await mfc.set_ramp(None)
        await mfc.valve("closed")
        await clock.sleep(10.0)
        found.append((await mfc.flow()).flow.value)
        with pytest.raises(InstrumentError, match="no effect"):
            await mfc.set_flow(0.1 * FULL)
        return found

    ramping, closed = on_bench(INLET, BronkhorstPropar, use, 1)
    assert ramping == pytest.approx(0.4 * FULL, rel=0.1)
    assert abs(closed) < 0.003 * FULL


def test_flow_controller_tells_a_flow_that_it_cannot_show_and_knows_its_gases() -> None:
    async def use(mfc: BronkhorstPropar) -> tuple[str, str]:
        await mfc.valve("open")
        await clock.sleep(10.0)
        with pytest.raises(InstrumentError, match="beyond"):
            await mfc.flow()
        await mfc.safe()
        before = await mfc.gas()
        await mfc.set_gas("O2")
        changed = await mfc.gas()
        with pytest.raises(InstrumentError, match="no fluid set"):
            await mfc.set_gas("Xe")
        assert await mfc.gas() == changed
        return before, changed

    assert INLET_FLOW > 1.31 * FULL
    assert on_bench(INLET, BronkhorstPropar, use, 1) == ("N2", "O2")


@pytest.mark.parametrize("seed", range(4))
def test_rodeostat_reads_the_dummy_cell(seed: int) -> None:
    async def use(board: IoRodeoRodeostat) -> tuple[Any, ...]:
        await board.set_current_range(60e-6)
        await board.apply_potential(0.5)
        await board.cell(True)
        held = await board.measure()
        curve = await board.linear_sweep(-0.5, 0.5, step=0.05, rate=0.5)
        cycles = await board.cyclic_voltammetry(0.1, -0.3, 0.3, step=0.05, rate=0.5, scans=2)
        pulses = await board.square_wave_voltammetry(
            -0.2, 0.2, step=0.05, amplitude=0.05, frequency=10.0
        )
        return held, curve, cycles, pulses, await board.open_circuit_potential()

    held, curve, cycles, pulses, rest = on_bench(CELL, IoRodeoRodeostat, use, seed)
    allowed = limit(held.potential) + RESISTANCE * limit(held.current)
    assert abs(held.potential.value - RESISTANCE * held.current.value) < 1.05 * allowed
    assert abs(held.potential.value - 0.5) < 0.02
    slope, _ = np.polyfit(curve.current.values, curve.potential.values, 1)
    assert slope == pytest.approx(RESISTANCE, rel=0.02)
    assert set(cycles.scan) == {1, 2}
    assert cycles.potential.values[:8] == pytest.approx(0.1 - 0.05 * np.arange(1, 9), abs=1e-3)
    assert pulses.current.values.mean() == pytest.approx(0.1 / RESISTANCE, rel=0.05)
    assert abs(rest.value - TRUTH["analysis_cell"]["open_circuit_potential"][0]) < limit(rest)


def test_rodeostat_marks_overload_and_changes_ranges_with_the_cell_open() -> None:
    async def use(board: IoRodeoRodeostat) -> tuple[Any, ...]:
        await board.set_current_range(1e-4)
        await board.cell(True)
        await board.apply_potential(-1.5)
        held = await board.measure()
        await board.cell(False)
        await board.set_current_range(5e-6)
        return held, await board.chronoamperometry(1.0, interval=0.1, duration=0.5)

    held, overloaded = on_bench(CELL, IoRodeoRodeostat, use, 1)
    assert held.potential.value == pytest.approx(-1.5, abs=0.03)
    assert held.current.value == pytest.approx(-1.5 / RESISTANCE, rel=0.05)
    assert overloaded.overloaded.all()
    assert all(math.isnan(value) for value in overloaded.current.values)


@pytest.mark.parametrize("seed", range(4))
def test_mass_spectrometer_reads_the_residual_gas(seed: int) -> None:
    async def use(head: SrsRga) -> tuple[Any, ...]:
        await head.filament(True)
        nitrogen, total = await head.partial_pressure(28), await head.total_pressure()
        single, bars = await head.single_mass(28), await head.histogram(1, 50)
        await head.multiplier(1400.0)
        amplified = await head.partial_pressure(28)
        with pytest.raises(InstrumentError, match="multiplier on"):
            await head.total_pressure()
        return nitrogen, total, single, bars, amplified

    nitrogen, total, single, bars, amplified = on_bench(CHAMBER, SrsRga, use, seed)
    true = TRUTH["vacuum_chamber"]
    assert abs(nitrogen.value - true["nitrogen_partial_pressure"][0]) < 1.05 * limit(nitrogen)
    assert abs(total.value - true["total_pressure"][0]) < 1.05 * limit(total)
    assert amplified.value == pytest.approx(nitrogen.value, rel=0.05)
    peaks = dict(zip(bars.mass, bars.current.values, strict=True))
    assert peaks[28.0] == pytest.approx(single.value, rel=0.02)
    assert peaks[28.0] > peaks[18.0] > peaks[40.0] > 10 * abs(peaks[5.0])
    assert RESIDUAL_GAS["N2"] > RESIDUAL_GAS["H2O"] > RESIDUAL_GAS["Ar"]


def test_mass_spectrometer_scans_a_peak_and_needs_its_filament() -> None:
    async def use(head: SrsRga) -> Any:
        with pytest.raises(InstrumentError, match="filament is off"):
            await head.single_mass(28)
        await head.filament(True)
        await head.zero()
        spectrum = await head.scan(26, 30, points_per_mass=20)
        await head.set_emission(2e-3)
        with pytest.raises(InstrumentError, match="1 mA"):
            await head.partial_pressure(28)
        await head.resync()
        return spectrum

    spectrum = on_bench(CHAMBER, SrsRga, use, 1)
    assert spectrum.mass[[0, -1]] == pytest.approx([26.0, 30.0])
    assert len(spectrum.mass) == 81
    assert spectrum.mass[spectrum.current.values.argmax()] == pytest.approx(28.0, abs=0.1)


def test_a_measurement_that_is_broken_off_leaves_a_potentiostat_that_can_be_made_safe() -> None:
    async def use(board: IoRodeoRodeostat) -> tuple[Any, ...]:
        await broken_off(board.chronoamperometry(0.3, interval=0.01, duration=60.0), 1.0)
        await board.safe()
        return await board.measure(), await board.chronoamperometry(0.3, interval=0.1, duration=1.0)

    rest, curve = on_bench(CELL, IoRodeoRodeostat, use, 1)
    assert abs(rest.current.value) < 1.05 * limit(rest.current)
    assert len(curve.time) == 10


def test_a_scan_that_is_broken_off_leaves_a_head_that_can_be_asked() -> None:
    async def use(head: SrsRga) -> tuple[Reading, Reading]:
        await head.filament(True)
        before = await head.partial_pressure(28)
        await broken_off(head.scan(1, 100, points_per_mass=10), 5.0)
        await head.resync()
        return before, await head.partial_pressure(28)

    before, after = on_bench(CHAMBER, SrsRga, use, 1)
    assert after.value == pytest.approx(before.value, rel=0.01)
