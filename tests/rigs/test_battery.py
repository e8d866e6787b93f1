"""The battery rig: its hold state, its fingerprint, and the example of a real bench."""

from __future__ import annotations

import pytest

from drivers.roles.battery_cycler import ConstantCurrent, Rest
from labctl import clock
from labctl.catalogue import load
from labctl.errors import BenchError
from labctl.labs import SampleRequest
from rigs.battery import BANDS, CHANNEL, VOLTAGE, BatteryRig
from rigs.bench import load_bench, parse_bench
from rigs.benches import simulated_bench
from rigs.opened import Opened
from rigs.probes import State, Value
from tests.rigs.on_bench import check_fit, on_bench

ID = "1.1-06"
EXAMPLE = simulated_bench("battery").parents[1] / "example_battery.toml"


def test_hold_opens_the_channel_and_keeps_the_chamber() -> None:
    async def body(opened: Opened, rig: BatteryRig) -> None:
        await rig.chamber.set_temperature(30.0)
        await rig.chamber.control(True)
        steps = [ConstantCurrent(0.05, voltage=1.4), Rest(60.0)]
        await rig.cycler.start_steps(CHANNEL, steps, interval=60.0, test="held")
        await clock.sleep(900.0)
        assert (await rig.cycler.status(CHANNEL)).state == "working"
        await opened.hold()
        now = await rig.cycler.status(CHANNEL)
        assert now.state == "idle" and now.current.value == 0.0
        await clock.sleep(3600.0)
        assert (await rig.chamber.temperature()).value == pytest.approx(30.0, abs=0.5)

    on_bench(BatteryRig, ID, body)


def test_everything_watchable_reads_with_all_off_and_the_fingerprint_is_a_voltage() -> None:
    async def body(opened: Opened, rig: BatteryRig) -> None:
        await rig.safe()
        for probe in rig.watchable().values():
            assert isinstance(probe, Value | State)
            await probe.read()
        found = await rig.fingerprint(opened.sample)  # pyright: ignore[reportArgumentType]
        assert set(found) == set(BANDS) == set(rig.fingerprint_bands()) == {VOLTAGE}
        assert 0.4 < found[VOLTAGE].value < 1.4 and 1e-4 < found[VOLTAGE].u < 5e-3
        assert (await rig.consumed())["bending_cycles"].value == 0.0

    on_bench(BatteryRig, ID, body)


def test_the_example_of_a_real_bench_fits_the_rig() -> None:
    bench = load_bench(EXAMPLE)
    check_fit(bench, BatteryRig)
    assert not bench.simulated and bench.shunt is not None
    simulated = load_bench(simulated_bench("battery"))
    assert set(bench.contributions()) == set(simulated.contributions())


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [("[shunt]", "[shunts]", "unknown"), ('unit = "ohm"', 'unit = "m"', "resistance")],
)
def test_a_bench_without_a_shunt_is_refused_by_name(old: str, new: str, word: str) -> None:
    path = simulated_bench("battery")
    text = path.read_text(encoding="utf-8").replace(old, new)

    async def main() -> None:
        from rigs.opening import open_found

        request = SampleRequest(ID, load().get(ID).nominal)
        bench = parse_bench(path, text)
        await open_found(bench, rig=BatteryRig, sample=request, seed=1)

    with pytest.raises(BenchError, match=word):
        clock.run(main(), virtual=True)
