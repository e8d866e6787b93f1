"""The hybrid rig: its benches, its hold state, and what of it may be watched."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.roles.cycle_program import CyclePlan
from labctl import clock
from procedures.methods.hybrid_storage.plant import Plant
from procedures.methods.hybrid_storage.working import ready
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.hybrid import HybridRig, alarms_among
from rigs.opened import Opened
from rigs.probes import State, Value
from tests.rigs.on_bench import check_fit, on_bench

ID = "2.4-13"
SIMULATED = simulated_bench("hybrid")
EXAMPLE = SIMULATED.parents[1] / "example_hybrid.toml"
PLAN = CyclePlan(100e3, 100e3, 0.0, 100.0, 600.0, 3)


async def at_work(opened: Opened, rig: HybridRig) -> None:
    assert opened.sample is not None
    await ready(rig, Plant(opened.sample, rig.current_transformer, {}), 250e3)


def test_held_it_keeps_the_place_in_its_program_and_goes_on() -> None:
    async def body(opened: Opened, rig: HybridRig) -> None:
        await at_work(opened, rig)
        await rig.site.start_cycles(PLAN)
        await clock.sleep(1800.0)
        before = await rig.site.cycles()
        assert before.phase == "charge" and not before.held
        await opened.hold()
        await clock.sleep(3600.0)
        held = await rig.site.cycles()
        assert held.held and held.phase == "charge"
        power = (await rig.analyzer_1.measure(1)).power.value
        assert abs(power) * 3.0 * 200.0 < 5e3
        await at_work(opened, rig)
        await rig.site.resume_cycles()
        await clock.sleep(60.0)
        assert not (await rig.site.cycles()).held
        assert (await rig.analyzer_1.measure(1)).power.value * 3.0 * 200.0 > 90e3

    on_bench(HybridRig, ID, body)


def test_safe_it_takes_no_power_and_everything_watchable_reads() -> None:
    async def body(opened: Opened, rig: HybridRig) -> None:
        await at_work(opened, rig)
        await rig.site.set_power(100e3)
        await clock.sleep(5.0)
        assert (await rig.energy_store.state()) == "discharge"
        await rig.safe()
        seen = {}
        for name, probe in rig.watchable().items():
            assert isinstance(probe, Value | State)
            seen[name] = await probe.read()
        assert seen["site.state"] == "stopped"
        assert seen["energy_store.state"] == seen["power_store.state"] == "off"
        assert seen["energy_store.alarm"] == "no"

    on_bench(HybridRig, ID, body)


@pytest.mark.parametrize("path", [SIMULATED, EXAMPLE], ids=["simulated", "example"])
def test_a_bench_fits_the_rig_and_states_its_contributions(path: Path) -> None:
    bench = load_bench(path)
    check_fit(bench, HybridRig)
    assert bench.simulated == (path == SIMULATED)
    wanted = {"hall_temperature", "command_marker_delay", "channel_skew"}
    assert set(bench.contributions()) == wanted


def test_a_warning_is_no_alarm() -> None:
    assert alarms_among(("OVER_TEMP_WARNING", "OVER_TEMP_ALARM")) == ("OVER_TEMP_ALARM",)
