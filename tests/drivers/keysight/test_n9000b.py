"""N9000B driver on the simulated laser bench: limits, levels, what it computes of a trace."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from labctl import clock
from labctl.catalogue import load
from labctl.errors import InstrumentError, LimitRefused
from labctl.labs import SampleRequest
from rigs.laser import LaserRig
from rigs.opening import open_bench


def run(body: Callable[[LaserRig], Awaitable[None]]) -> None:
    async def main() -> None:
        sample = SampleRequest("9.8-12", load().get("9.8-12").nominal)
        opened = await open_bench(None, rig=LaserRig, sample=sample, seed=1)
        try:
            await body(opened.rig)
        finally:
            await opened.close()

    clock.run(main(), virtual=True)


def test_settings_beyond_it_are_refused() -> None:
    async def body(rig: LaserRig) -> None:
        with pytest.raises(LimitRefused):
            await rig.beat.set_span(1e3, 1e6)
        with pytest.raises(LimitRefused):
            await rig.beat.set_reference_level(25.0)
        with pytest.raises(LimitRefused):
            await rig.beat.set_mixer(6, loss=20.0)
        with pytest.raises(InstrumentError):
            await rig.beat.peak()

    run(body)


def test_a_trace_of_noise_has_its_density() -> None:
    async def body(rig: LaserRig) -> None:
        await rig.beat.set_span(79.9e6, 80.1e6)
        await rig.beat.set_bandwidth(resolution=1e3, video=1e3)
        await rig.beat.set_detector("average")
        await rig.beat.set_averages(50)
        trace = await rig.beat.sweep()
        assert trace.resolution == pytest.approx(1e3)
        density = (await rig.beat.noise_density(80e6)).value
        assert density == pytest.approx(-129.6, abs=1.5)
        whole = (await rig.beat.channel_power(80e6, 1e5)).value
        assert whole == pytest.approx(density + 50.0, abs=1.0)
        assert (await rig.beat.peak()).level.value >= trace.level.values.mean()

    run(body)
