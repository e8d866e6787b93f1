"""Grid simulator and site controller, driven over their lines on the bench `reference`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import msgspec
import pytest

from drivers.california_instruments.sequoia import Sequoia
from drivers.links.opening import open_link
from drivers.roles.cycle_program import CyclePlan
from drivers.roles.grid_simulator import GridEvent
from drivers.roles.site_controller import FrequencyDroop, ScheduleEntry, VoltageDroop
from drivers.site1.controller import Site1Controller
from drivers.site1.dispatch import Site1Dispatch
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.opening import doors_of
from rigs.options import configured
from rigs.serving import simulated
from sim_backends.modules import example_device

KINDS: dict[str, Any] = {
    "grid_simulator": Sequoia,
    "site_controller": Site1Controller,
    "power_dispatch": Site1Dispatch,
}
ALL = (1, 2, 3)


@asynccontextmanager
async def bench(*names: str) -> AsyncIterator[list[Any]]:
    """The drivers of these roles, identified, on one world."""
    found = load_bench(simulated_bench("reference"))
    found = msgspec.structs.replace(found, roles={name: found.roles[name] for name in names})
    assert found.sim is not None
    sim = simulated(found, found.sim, example_device(found.sim.world, 1), 1)
    sim.open(clock.now())
    async with AsyncExitStack() as lines:
        lines.callback(sim.close)
        drivers: list[Any] = []
        for name in names:
            made = configured(found, name, KINDS[name])
            link = await open_link(sim.address(name), doors_of(found, sim), made.settings)
            lines.push_async_callback(link.close)
            drivers.append(made(link, {}))
            await drivers[-1].identify()
        yield drivers


def used(use: Callable[..., Awaitable[Any]], *names: str) -> Any:
    async def main() -> Any:
        async with bench(*names) as drivers:
            return await use(*drivers)

    return clock.run(main(), virtual=True)


async def energized(grid: Sequoia) -> None:
    await grid.set_voltage(230.0, phases=ALL)
    await grid.set_frequency(50.0)
    await grid.regenerative(True)
    await grid.output(True)


def test_a_grid_is_made_measured_and_taken_away() -> None:
    async def use(grid: Sequoia) -> None:
        await energized(grid)
        await clock.sleep(1.0)
        found = await grid.measure(2)
        assert found.voltage.value == pytest.approx(230.0, abs=0.7)
        assert found.current.value == pytest.approx(11.5, abs=0.5)
        assert found.power.value == pytest.approx(2645.0, abs=200.0)
        assert found.frequency.value == pytest.approx(50.0, abs=0.03)
        await grid.safe()
        assert (await grid.measure(2)).voltage.value == pytest.approx(0.0, abs=0.5)

    used(use, "grid_simulator")


def test_an_event_is_played_and_ends_where_it_began() -> None:
    async def use(grid: Sequoia) -> None:
        await energized(grid)
        assert not await grid.playing()
        before = clock.now()
        begun = await grid.play(GridEvent(0.8, 49.0, 0.0, 2.0))
        assert before <= begun.value <= clock.now()
        assert await grid.playing()
        await clock.sleep(1.0)
        during = await grid.measure(1)
        assert during.voltage.value == pytest.approx(184.0, abs=1.0)
        assert during.frequency.value == pytest.approx(49.0, abs=0.03)
        await clock.sleep(2.0)
        assert not await grid.playing()
        after = await grid.measure(1)
        assert after.voltage.value == pytest.approx(230.0, abs=1.0)
        assert after.frequency.value == pytest.approx(50.0, abs=0.03)

    used(use, "grid_simulator")


def test_a_recorded_shape_is_played_point_by_point() -> None:
    async def use(grid: Sequoia) -> None:
        await energized(grid)
        shape = [GridEvent(1.0, hertz, 0.0, 1.0) for hertz in (49.9, 49.7, 49.8)]
        await grid.play_sequence(shape)
        for hertz in (49.9, 49.7, 49.8):
            await clock.sleep(0.5)
            found = await grid.measure(3)
            assert found.frequency.value == pytest.approx(hertz, abs=0.03)
            await clock.sleep(0.5)

    used(use, "grid_simulator")


def test_set_points_are_given_and_the_clocks_compared() -> None:
    async def use(site: Site1Controller) -> None:
        await site.run(True)
        first = await site.set_power(5000.0, -300.0)
        second = await site.set_power(-2500.0)
        assert (second.count, second.active) == (first.count + 1, -2500.0)
        assert second.taken.doubt < 0.1
        told = await site.controller_time()
        assert told.skew == pytest.approx(second.taken.skew, abs=told.doubt + second.taken.doubt)
        await clock.sleep(0.5)
        found = await site.measure()
        assert found.active.value == pytest.approx(-2500.0, abs=60.0)
        assert found.stamp == pytest.approx(clock.stamp()[1] + told.skew, abs=0.3)
        assert len(await site.units()) == (await site.state()).units_online
        await site.safe()
        assert (await site.state()).state == "stopped"

    used(use, "site_controller")


def test_settings_are_kept() -> None:
    async def use(site: Site1Controller) -> None:
        frequency, voltage = FrequencyDroop(50.0, 0.05, 20e3), VoltageDroop(230.0, 2.5, 600.0)
        await site.set_droop(frequency)
        await site.set_droop(voltage)
        await site.set_ramp(100.0)
        entries = [ScheduleEntry(0.0, -1000.0), ScheduleEntry(3600.0, 1000.0)]
        await site.set_schedule(entries, reserve=40.0)
        await site.run(True, ("frequency", "voltage", "schedule"))
        found = await site.site_settings()
        assert found.frequency_droop.slope == pytest.approx(20e3)
        assert found.voltage_droop.dead_band == pytest.approx(2.5)
        assert (found.ramp, found.reserve) == (100.0, 40.0)
        assert (await site.state()).functions == {"frequency", "voltage", "schedule"}
        with pytest.raises(LimitRefused):
            await site.set_power(2.0 * found.rated_active)

    used(use, "site_controller")


def test_a_dispatch_needs_the_operators_leave() -> None:
    async def use(site: Site1Controller, centre: Site1Dispatch) -> None:
        with pytest.raises(InstrumentError, match="refuses"):
            await centre.set_power(3000.0)
        await site.run(True, ("dispatch",))
        taken = await centre.set_power(3000.0)
        assert taken.active == 3000.0
        state = await site.state()
        assert (state.commands, state.target.value) == (taken.count, 3000.0)
        assert (await centre.controller_time()).skew == pytest.approx(taken.taken.skew, abs=0.05)
        await centre.safe()
        await clock.sleep(0.2)
        assert (await site.state()).target.value == 0.0

    used(use, "site_controller", "power_dispatch")


def test_a_site_that_hears_nothing_falls_back() -> None:
    async def use(site: Site1Controller) -> None:
        await site.arm(2.0)
        await site.run(True)
        await site.set_power(4000.0)
        for _ in range(3):
            await clock.sleep(1.0)
            await site.feed()
        assert (await site.state()).state == "running"
        await clock.sleep(3.0)
        state = await site.state()
        assert (state.state, state.alarms) == ("fallback", ("watchdog",))
        with pytest.raises(InstrumentError, match="acted"):
            await site.feed()
        await site.disarm()
        await site.acknowledge()
        await site.run(True)

    used(use, "site_controller")


def test_a_dispatch_that_runs_out_falls_back() -> None:
    async def use(site: Site1Controller, centre: Site1Dispatch) -> None:
        await site.run(True, ("dispatch",))
        await centre.set_power(3000.0)
        await clock.sleep(61.0)
        assert (await site.state()).alarms == ("dispatch",)

    used(use, "site_controller", "power_dispatch")


def test_cycles_are_started_and_stopped() -> None:
    async def use(site: Site1Controller) -> None:
        await site.run(True)
        await site.start_cycles(CyclePlan(5000.0, 5000.0, 5.0, 95.0, 60.0, 3))
        assert (await site.cycles()).phase == "charge"
        await site.stop_cycles()
        assert (await site.cycles()).phase == "idle"

    used(use, "site_controller")
