"""The laser rig: its benches load, its safe state is dark, an open door trips it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from labctl import clock
from labctl.errors import InstrumentError, InterlockError
from labctl.interlocks import require_good
from rigs.benches import simulated_bench
from rigs.laser import LaserRig
from rigs.opened import Opened
from tests.rigs.on_bench import check_alike, on_bench

SIM = simulated_bench("laser")


def run(body: Callable[[Opened, LaserRig], Awaitable[None]], id: str = "9.8-03") -> None:
    on_bench(LaserRig, id, body)


async def lit(rig: LaserRig) -> float:
    await rig.pump.set_power(200.0)
    await rig.pump.emission(True)
    await rig.shutter.shutter(True)
    await rig.power_meter.set_range(300.0)
    await clock.sleep(30.0)
    return (await rig.power_meter.power()).value


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(SIM)


def test_safe_and_hold_are_dark() -> None:
    async def body(opened: Opened, rig: LaserRig) -> None:
        for dark in (opened.hold, rig.safe):
            assert await lit(rig) > 50.0
            await dark()
            assert not await rig.shutter.is_open()
            assert (await rig.pump.power()).value == 0.0
            await clock.sleep(30.0)
            assert abs((await rig.power_meter.power()).value) < 2.0

    run(body)


def test_an_open_door_closes_the_shutter_and_trips_the_interlock() -> None:
    async def body(opened: Opened, rig: LaserRig) -> None:
        await lit(rig)
        await require_good(opened.watches)
        opened.acted("anything/door", "open")
        assert not await rig.shutter.is_open()
        with pytest.raises(InterlockError):
            await require_good(opened.watches)
        with pytest.raises(InstrumentError, match="interlock"):
            await rig.shutter.shutter(True)
        assert await lit_after_door(opened, rig) > 50.0

    run(body)


async def lit_after_door(opened: Opened, rig: LaserRig) -> float:
    opened.acted("anything/door", "closed")
    return await lit(rig)


def test_people_move_the_head() -> None:
    async def body(opened: Opened, rig: LaserRig) -> None:
        output = await lit(rig)
        opened.acted("pump/head", "pump")
        assert await lit(rig) == pytest.approx(200.0, rel=0.06)
        assert output < 150.0

    run(body)
