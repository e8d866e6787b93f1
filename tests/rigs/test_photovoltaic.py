"""The photovoltaic rig: its hold state, and that what it lets be watched reads with all off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from labctl import clock
from labctl.catalogue import load
from labctl.errors import LinkError
from labctl.labs import SampleRequest
from rigs.opened import Opened
from rigs.opening import open_bench
from rigs.photovoltaic import PhotovoltaicRig
from rigs.probes import State, Value
from sim_backends.faults import Silence
from tests.system.photovoltaic_bench import Faults, energy, watch

T = TypeVar("T")
ID = "1.1-03"


def run(body: Callable[[Opened, PhotovoltaicRig], Awaitable[T]]) -> T:
    async def main() -> T:
        request = SampleRequest(ID, load().get(ID).nominal)
        opened = await open_bench(None, rig=PhotovoltaicRig, sample=request, seed=1)
        try:
            return await body(opened, opened.rig)
        finally:
            await opened.close()

    return clock.run(main(), virtual=True)


async def switch_on(rig: PhotovoltaicRig) -> None:
    await rig.lamp.lamp(True)
    await rig.lamp.set_irradiance(1000.0)
    await clock.sleep(600.0)
    await rig.lamp.shutter(True)
    await rig.chuck.set_temperature(50.0)
    await rig.chuck.control(True)
    await rig.source_meter.source_voltage(0.1, compliance=0.05)
    await rig.source_meter.output(True)
    await rig.bender.set_radius(0.01)
    await rig.bender.start(10_000, frequency=1.0)
    await clock.sleep(1200.0)


def test_hold_darkens_the_device_and_keeps_it_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    benches = watch(monkeypatch)

    async def body(opened: Opened, rig: PhotovoltaicRig) -> None:
        await switch_on(rig)
        assert all(energy(benches).values())
        await opened.hold()
        held = energy(benches)
        assert (held["source_meter"], held["bender"], held["chuck"]) == (False, False, True)
        assert not benches.emulators["lamp"]._open
        assert await rig.lamp.is_warm()
        await clock.sleep(600.0)
        assert abs((await rig.chuck.temperature()).value - 50.0) < 1.0
        await opened.hold()
        await rig.safe()
        assert not any(energy(benches).values())

    run(body)


def test_hold_goes_on_past_an_instrument_that_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: Faults = {"source_meter": [Silence(after=1700.0)]}
    benches = watch(monkeypatch, faults)

    async def body(opened: Opened, rig: PhotovoltaicRig) -> None:
        await switch_on(rig)
        with pytest.raises(LinkError):
            await opened.hold()
        assert not benches.emulators["lamp"]._open
        assert not energy(benches)["bender"]

    run(body)


def test_what_is_watchable_reads_with_everything_off() -> None:
    async def body(_: Opened, rig: PhotovoltaicRig) -> None:
        probes = rig.watchable()
        for name, probe in probes.items():
            role, _dot, what = name.partition(".")
            assert role in rig.roles()
            assert what
            if isinstance(probe, Value):
                assert (await probe.read()).unit == probe.unit, name
            else:
                assert isinstance(probe, State)
                assert await probe.read() in probe.states, name

    run(body)
