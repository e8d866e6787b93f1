"""The storage cell rig: its hold state, its fingerprint, and the example of a real bench."""

from __future__ import annotations

import pytest

from drivers.roles.battery_cycler import ConstantCurrent, Rest
from labctl import clock
from labctl.errors import LimitRefused
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from rigs.opened import Opened
from rigs.probes import State, Value
from rigs.storage_cell import AIR, BANDS, CASE, CHANNEL, VOLTAGE, StorageCellRig
from tests.rigs.on_bench import check_fit, on_bench

ID = "2.4-06"
EXAMPLE = simulated_bench("storage_cell").parents[1] / "example_storage_cell.toml"


def test_hold_opens_the_channel_and_keeps_the_chamber() -> None:
    async def body(opened: Opened, rig: StorageCellRig) -> None:
        await rig.chamber.set_temperature(-20.0)
        await rig.chamber.control(True)
        steps = [ConstantCurrent(2.0, voltage=4.0), Rest(60.0)]
        await rig.cycler.start_steps(CHANNEL, steps, interval=60.0, test="held")
        await clock.sleep(4 * 3600.0)
        assert (await rig.cycler.status(CHANNEL)).state == "working"
        await opened.hold()
        now = await rig.cycler.status(CHANNEL)
        assert now.state == "idle" and now.current.value == 0.0
        await clock.sleep(3600.0)
        assert (await rig.chamber.temperature()).value == pytest.approx(-20.0, abs=0.6)

    on_bench(StorageCellRig, ID, body)


def test_a_pulse_of_280_amperes_runs_and_more_than_the_bench_allows_does_not() -> None:
    async def body(opened: Opened, rig: StorageCellRig) -> tuple[float, float]:
        await rig.logger.configure(CASE, "Pt100")
        steps = [ConstantCurrent(25.0, voltage=3.6), Rest(600.0)]
        steps += [ConstantCurrent(-280.0, voltage=1.5, duration=30.0)]
        await rig.cycler.start_steps(CHANNEL, steps, interval=1.0, test="pulse")
        await clock.sleep(2.5 * 3600.0)
        record = await rig.cycler.records(CHANNEL, first=0, count=100_000)
        with pytest.raises(LimitRefused, match="current"):
            await rig.cycler.start_steps(
                CHANNEL, [ConstantCurrent(-310.0, voltage=2.0)], interval=1.0, test="more"
            )
        last = record.step == 3
        return float(record.current.values[last].mean()), float(record.time[last][-1])

    current, _ = on_bench(StorageCellRig, ID, body)
    assert current == pytest.approx(-280.0, abs=0.02)


def test_everything_watchable_reads_with_all_off_and_the_fingerprint_is_a_voltage() -> None:
    async def body(opened: Opened, rig: StorageCellRig) -> None:
        await rig.safe()
        for probe in rig.watchable().values():
            assert isinstance(probe, Value | State)
            await probe.read()
        found = await rig.fingerprint(opened.sample)  # pyright: ignore[reportArgumentType]
        assert set(found) == set(BANDS) == set(rig.fingerprint_bands()) == {VOLTAGE}
        assert 2.5 < found[VOLTAGE].value < 3.2 and 1e-4 < found[VOLTAGE].u < 5e-3
        await rig.logger.configure(AIR, "Pt100")
        assert (await rig.logger.temperature(AIR)).value == pytest.approx(23.0, abs=1.0)
        mass = await rig.balance.weigh(timeout=40.0)
        assert 0.9 < mass.value < 1.2 and mass.accuracy is not None

    on_bench(StorageCellRig, ID, body)


def test_the_example_of_a_real_bench_fits_the_rig() -> None:
    bench = load_bench(EXAMPLE)
    check_fit(bench, StorageCellRig)
    assert not bench.simulated
    simulated = load_bench(simulated_bench("storage_cell"))
    assert set(bench.contributions()) == set(simulated.contributions())
