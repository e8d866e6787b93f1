"""The voltammetry rig: its benches load, its hold state, what people do reaches the world."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from labctl import clock
from rigs.benches import simulated_bench
from rigs.opened import Opened
from rigs.voltammetry import VoltammetryRig
from tests.rigs.on_bench import check_alike, on_bench

SIM = simulated_bench("voltammetry")


def run(body: Callable[[Opened, VoltammetryRig], Awaitable[None]], id: str = "6.8-02") -> None:
    on_bench(VoltammetryRig, id, body)


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(SIM)


def test_hold_takes_the_cell_off_and_stops_the_pump() -> None:
    async def body(opened: Opened, rig: VoltammetryRig) -> None:
        await rig.multiplexer.select(101)
        await rig.pump.set_diameter(14.57e-3)
        await rig.pump.set_zero()
        await rig.pump.set_rate(8e-9)
        await rig.pump.dispense_to(5e-6)
        await rig.potentiostat.apply_potential(0.2)
        await rig.potentiostat.cell(True)
        assert await rig.pump.is_moving()
        await opened.hold()
        assert not await rig.pump.is_moving()
        assert (await rig.potentiostat.measure()).current.value == pytest.approx(0.0, abs=1e-5)
        assert set(rig.watchable()) == {"pump.dispensed", "pump.is_moving"}
        assert (await rig.pump.dispensed()).value < 5e-6
        await rig.safe()

    run(body)


def test_what_people_load_changes_what_the_potentiostat_sees() -> None:
    async def body(opened: Opened, rig: VoltammetryRig) -> None:
        await rig.potentiostat.set_current_range(3e-3)
        one = await rig.potentiostat.linear_sweep(1.46, 1.6, step=0.01, rate=0.05)
        opened.acted("batch 2/batch", "2")
        two = await rig.potentiostat.linear_sweep(1.46, 1.6, step=0.01, rate=0.05)
        assert abs(two.current.values[-1] / one.current.values[-1] - 1.0) > 0.01
        opened.acted("batch 2/before/master", "done")
        assert abs((await rig.potentiostat.open_circuit_potential()).value) < 0.03
        await rig.safe()

    run(body, "5.2-08")


def test_each_pad_is_led_to_the_potentiostat() -> None:
    async def body(_: Opened, rig: VoltammetryRig) -> None:
        await rig.pump.set_diameter(14.57e-3)
        await rig.pump.set_zero()
        await rig.pump.set_rate(2e-8)
        await rig.pump.dispense_to(3e-6)
        await clock.sleep(200.0)
        currents = list[float]()
        await rig.potentiostat.set_current_range(2e-6)
        for pad in (101, 102, 108):
            await rig.multiplexer.select(pad)
            found = await rig.potentiostat.chronoamperometry(-0.6, interval=0.5, duration=1.0)
            currents.append(abs(float(found.current.values[-1])))
        assert currents[0] != currents[1]
        assert min(currents[:2]) > 5e-7 and currents[2] < 1e-7
        await rig.safe()

    run(body)
