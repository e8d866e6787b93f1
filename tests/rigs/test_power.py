"""The power rig: its safe and hold states, what it lets be watched, the example of a real bench."""

from __future__ import annotations

import pytest

from labctl import clock
from labctl.catalogue import load
from labctl.errors import BenchError
from labctl.labs import SampleRequest
from procedures.methods.grid_support.arranging import working
from rigs.bench import load_bench, parse_bench
from rigs.benches import simulated_bench
from rigs.opened import Opened
from rigs.opening import open_found
from rigs.power import PowerRig
from rigs.probes import State, Value
from tests.rigs.on_bench import check_fit, on_bench

ID = "2.3-05"
EXAMPLE = simulated_bench("power").parents[1] / "example_power.toml"


def test_safe_stops_the_units_before_the_grid_goes_off() -> None:
    async def body(opened: Opened, rig: PowerRig) -> None:
        await working(rig, (), 0.25)
        await rig.site.set_power(5e3)
        await clock.sleep(3.0)
        assert (await rig.analyzer.measure(1)).power.value < -50.0
        assert await rig.grid_state() == "there"
        await rig.safe()
        assert (await rig.site.state()).state == "stopped"
        assert await rig.storage.state() == "off"
        assert (await rig.grid.measure(1)).voltage.value < 5.0
        assert {await unit.state() for unit in rig.ups} == {"on_battery"}
        assert await rig.grid_state() == "off"
        order = list(rig.roles())
        assert order.index("site") < order.index("storage") < order.index("grid")
        assert len(rig.ups) == 5

    on_bench(PowerRig, ID, body)


def test_hold_keeps_the_grid_for_the_loads() -> None:
    async def body(opened: Opened, rig: PowerRig) -> None:
        await working(rig, ("frequency",), 0.25)
        await opened.hold()
        await clock.sleep(60.0)
        assert (await rig.site.state()).state == "stopped"
        assert {await unit.state() for unit in rig.ups} == {"online"}
        assert (await rig.analyzer.measure(1)).voltage.value == pytest.approx(230.0, rel=0.01)

    on_bench(PowerRig, ID, body)


def test_everything_watchable_reads_with_all_off() -> None:
    async def body(opened: Opened, rig: PowerRig) -> None:
        await rig.safe()
        for name, probe in rig.watchable().items():
            assert isinstance(probe, Value | State), name
            found = await probe.read()
            if isinstance(probe, State):
                assert found in probe.states, name

    on_bench(PowerRig, ID, body)


def test_the_example_of_a_real_bench_fits_the_rig() -> None:
    bench = load_bench(EXAMPLE)
    check_fit(bench, PowerRig)
    assert not bench.simulated and bench.hazardous and bench.hardware_interlock
    simulated = load_bench(simulated_bench("power"))
    assert set(bench.contributions()) == set(simulated.contributions())
    watched = {one.watch for one in bench.interlocks}
    assert watched == {"site.grid", "storage.state"}


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("[current_transformer]", "[current_transformers]", "unknown"),
        ("value = 40, u = 0.008", "value = 40", "positive u"),
        ("value = 40, u = 0.008", 'value = 40, unit = "A"', "unit"),
    ],
)
def test_a_bench_without_its_transformer_is_refused_by_name(old: str, new: str, word: str) -> None:
    path = simulated_bench("power")
    text = path.read_text(encoding="utf-8").replace(old, new)

    async def main() -> None:
        request = SampleRequest(ID, load().get(ID).nominal)
        await open_found(parse_bench(path, text), rig=PowerRig, sample=request, seed=1)

    with pytest.raises(BenchError, match=word):
        clock.run(main(), virtual=True)
