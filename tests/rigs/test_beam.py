"""The beam rig: its benches load, its safe and hold states shut the beam, the interlock trips."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from labctl import clock
from labctl.errors import InstrumentError
from rigs.beam import BeamRig
from rigs.benches import simulated_bench
from rigs.opened import Opened
from tests.rigs.on_bench import check_alike, on_bench

SIM = simulated_bench("beam")


def run(body: Callable[[Opened, BeamRig], Awaitable[None]], id: str = "9.8-09") -> None:
    on_bench(BeamRig, id, body)


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(SIM)


def test_safe_and_hold_shut_the_beam() -> None:
    async def body(opened: Opened, rig: BeamRig) -> None:
        await rig.stage.home()
        await rig.shutter.shutter(True)
        assert await rig.shutter.is_open()
        await opened.hold()
        assert not await rig.shutter.is_open()
        assert await rig.stage.is_homed()
        await rig.shutter.shutter(True)
        await rig.safe()
        assert not await rig.shutter.is_open()
        assert set(rig.watchable()) == {"shutter.is_interlock_closed", "shutter.is_open"}

    run(body)


def test_an_open_enclosure_keeps_the_beam_out() -> None:
    async def body(opened: Opened, rig: BeamRig) -> None:
        await rig.shutter.shutter(True)
        opened.acted("enclosure/door", "open")
        assert not await rig.shutter.is_interlock_closed()
        assert not await rig.shutter.is_open()
        with pytest.raises(InstrumentError, match="interlock"):
            await rig.shutter.shutter(True)
        opened.acted("enclosure/door", "closed")
        assert not await rig.shutter.is_open()
        await rig.shutter.shutter(True)
        await rig.safe()

    run(body)


def test_the_filter_chooses_the_wavelength() -> None:
    async def body(opened: Opened, rig: BeamRig) -> None:
        await rig.shutter.shutter(True)
        await clock.sleep(60.0)
        widths = list[float]()
        for number in ("1", "3"):
            opened.acted(f"order {number}/filter", number)
            before = (await rig.camera.latest()).file.sha256
            picture = await rig.camera.following(before, timeout=120.0)
            picture = await rig.camera.following(picture.file.sha256, timeout=120.0)
            widths.append(float((picture.intensity > 0.5 * picture.intensity.max()).sum()))
        assert abs(widths[1] / widths[0] - 1.0) > 0.02
        await rig.safe()

    run(body, "9.8-11")
