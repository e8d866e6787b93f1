"""The gas sensing rig: its benches load, its hold state, a snapshot comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from labctl import clock
from labctl.catalogue import load
from labctl.labs import SampleRequest
from rigs.benches import simulated_bench
from rigs.gas_sensing import GasSensingRig
from rigs.opened import Opened
from rigs.opening import open_bench
from tests.rigs.on_bench import check_alike, on_bench

SIM = simulated_bench("gas_sensing")
FLOW = 1000e-6 / 60.0


def run(body: Callable[[Opened, GasSensingRig], Awaitable[None]]) -> None:
    on_bench(GasSensingRig, "6.7-03", body)


async def blended(rig: GasSensingRig) -> None:
    for line, flow in ((rig.dry, FLOW), (rig.humid, FLOW), (rig.dosing, 0.1 * FLOW)):
        await line.set_gas("Air")
        await line.set_flow(flow)
    await clock.sleep(15.0)


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(SIM)


def test_the_flows_make_the_mixture_that_the_detector_and_the_node_see() -> None:
    async def body(opened: Opened, rig: GasSensingRig) -> None:
        opened.acted("x/cylinder", "C3H6")
        await blended(rig)
        assert (await rig.tracer.read("tracer")).value == pytest.approx(400 / 21, rel=0.1)
        assert (await rig.climate.humidity()).value == pytest.approx(47.6, abs=4.0)
        assert (await rig.carbon_dioxide.warm_up_left()).value > 0.0
        assert set(rig.watchable()) == {
            "climate.temperature", "climate.humidity", "carbon_dioxide.fraction",
        }  # fmt: skip
        await rig.safe()

    run(body)


def test_hold_stops_the_test_gas_and_goes_on_purging() -> None:
    async def body(opened: Opened, rig: GasSensingRig) -> None:
        await blended(rig)
        await opened.hold()
        await clock.sleep(3.0)
        assert (await rig.dosing.flow()).flow.value == pytest.approx(0.0, abs=1e-8)
        assert (await rig.dry.flow()).flow.value == pytest.approx(FLOW, rel=0.02)
        await rig.safe()

    run(body)


def test_a_snapshot_comes_back_with_its_drivers() -> None:
    async def body(opened: Opened, rig: GasSensingRig) -> None:
        await blended(rig)
        kept = opened.snapshot()
        assert kept is not None
        await rig.dosing.set_flow(0.0)
        await clock.sleep(5.0)
        opened.restore(kept, drivers=True)
        assert (await rig.dosing.setpoint()).value == pytest.approx(0.1 * FLOW, rel=1e-3)
        assert (await rig.dry.gas()) == "Air"
        await rig.safe()

    run(body)


def test_a_copy_of_the_simulated_bench_elsewhere_finds_the_map(tmp_path: Path) -> None:
    copy = tmp_path / "bench.toml"
    copy.write_text(SIM.read_text(encoding="utf-8"), encoding="utf-8")

    async def main() -> None:
        request = SampleRequest("6.7-03", load().get("6.7-03").nominal)
        opened = await open_bench(copy, rig=GasSensingRig, sample=request, seed=1)
        assert await opened.rig.tracer.channels() == {"tracer": "umol/mol"}
        await opened.close()

    clock.run(main(), virtual=True)
