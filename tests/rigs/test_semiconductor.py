"""The semiconductor rig: its benches load, its hold state, probes that are lifted see nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from procedures.methods.semiconductor.probing import above, arranged, place_of, touched
from rigs.benches import simulated_bench
from rigs.opened import Opened
from rigs.semiconductor import SemiconductorRig
from tests.rigs.on_bench import check_alike, on_bench

SIM = simulated_bench("semiconductor")


def run(body: Callable[[Opened, SemiconductorRig], Awaitable[None]], id: str = "8.11-06") -> None:
    on_bench(SemiconductorRig, id, body)


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(SIM)


def test_hold_switches_off_and_leaves_the_probes_where_they_are() -> None:
    async def body(opened: Opened, rig: SemiconductorRig) -> None:
        assert opened.sample is not None
        place = place_of(opened.sample)
        await arranged(rig, place)
        await touched(rig, place, 0)
        await rig.drain.source_current(1e-4, compliance=2.0)
        await rig.drain.output(True)
        assert (await rig.drain.measure()).voltage.value > 0.01
        await opened.hold()
        assert (await rig.prober.touchdowns()).value == 1.0
        await rig.drain.output(True)
        assert not (await rig.drain.measure()).in_compliance
        await rig.safe()
        await rig.drain.output(True)
        assert (await rig.drain.measure()).in_compliance
        await rig.safe()
        assert set(rig.watchable()) == {"prober.temperature", "prober.is_closed"}
        assert await rig.prober.is_closed()

    run(body)


def test_gaps_differ_and_lifted_probes_are_open() -> None:
    async def body(opened: Opened, rig: SemiconductorRig) -> None:
        assert opened.sample is not None
        place = place_of(opened.sample)
        await arranged(rig, place)
        ohms = list[float]()
        for n in (0, 5):
            await touched(rig, place, n)
            await rig.drain.source_current(1e-4, compliance=2.0)
            await rig.drain.output(True)
            point = await rig.drain.measure()
            ohms.append(point.voltage.value / point.current.value)
        assert ohms[1] > 2.0 * ohms[0]
        await above(rig, place, 5)
        assert (await rig.drain.measure()).in_compliance
        assert (await rig.prober.die()) == type(await rig.prober.die())(place.column, place.row)
        await rig.safe()

    run(body)


def test_the_output_inverts_the_input() -> None:
    async def body(opened: Opened, rig: SemiconductorRig) -> None:
        assert opened.sample is not None
        place = place_of(opened.sample)
        await arranged(rig, place)
        await touched(rig, place, 0)
        await rig.drain.source_voltage(5.0, compliance=1e-3)
        await rig.drain.output(True)
        outputs = list[float]()
        for level in (0.0, 3.0):
            await rig.gate.source_voltage(level, compliance=1e-6)
            await rig.gate.output(True)
            await rig.gate.measure()
            await rig.drain.measure()
            outputs.append((await rig.output.measure_voltage(voltage_range=10.0)).value)
        assert outputs[0] == pytest.approx(5.0, abs=0.05) and outputs[1] < 0.3
        await rig.safe()

    run(body, "8.11-11")
