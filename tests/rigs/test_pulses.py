"""The pulse rig: its benches load, its safe and hold states shut the beam, the interlock trips."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from labctl.errors import InstrumentError
from rigs.benches import simulated_bench
from rigs.opened import Opened
from rigs.pulses import PulsesRig
from tests.rigs.on_bench import check_alike, on_bench

SIM = simulated_bench("pulses")


def run(body: Callable[[Opened, PulsesRig], Awaitable[None]]) -> None:
    on_bench(PulsesRig, "9.8-05", body)


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(SIM)


def test_safe_and_hold_shut_the_beam() -> None:
    async def body(opened: Opened, rig: PulsesRig) -> None:
        await rig.shutter.shutter(True)
        assert await rig.shutter.is_open()
        await opened.hold()
        assert not await rig.shutter.is_open()
        await rig.shutter.shutter(True)
        await rig.safe()
        assert not await rig.shutter.is_open()
        assert set(rig.watchable()) == {"shutter.is_interlock_closed", "shutter.is_open"}

    run(body)


def test_an_open_door_keeps_the_beam_out() -> None:
    async def body(opened: Opened, rig: PulsesRig) -> None:
        await rig.shutter.shutter(True)
        opened.acted("table/door", "open")
        assert not await rig.shutter.is_interlock_closed()
        with pytest.raises(InstrumentError, match="interlock"):
            await rig.shutter.shutter(True)
        opened.acted("table/door", "closed")
        await rig.shutter.shutter(True)
        await rig.safe()

    run(body)


def test_without_light_there_is_no_pulse() -> None:
    async def body(_: Opened, rig: PulsesRig) -> None:
        with pytest.raises(InstrumentError, match="no pulse"):
            await rig.energy_meter.energy(timeout=2.0)

    run(body)
