"""The tandem rig: its hold state, its views of the subcells, and the bench file of a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl import clock
from labctl.catalogue import load
from labctl.errors import BenchError
from labctl.labs import SampleRequest
from rigs import tandem
from rigs.assembly import check_roles
from rigs.bench import load_bench, parse_bench
from rigs.benches import simulated_bench
from rigs.opening import open_bench
from rigs.sunlit import SweptRig
from rigs.tandem import TandemRig
from sim_backends.worlds.tandem import PROBE_CHANNEL

EXAMPLE = simulated_bench("tandem").parents[1] / "example_tandem.toml"


def test_the_example_of_a_real_bench_has_every_role() -> None:
    bench = load_bench(EXAMPLE)
    check_roles(bench, TandemRig)
    assert not bench.simulated
    assert set(bench.contributions()) == set(load_bench(simulated_bench("tandem")).contributions())


def test_a_bench_without_the_second_cell_is_refused(tmp_path: Path) -> None:
    text = simulated_bench("tandem").read_text(encoding="utf-8")
    text = text.replace("[bottom_cell]", "[other_cell]")
    with pytest.raises(BenchError, match="other_cell"):
        parse_bench(tmp_path / "bench.toml", text)


def test_hold_darkens_the_sample_and_keeps_its_climate() -> None:
    request = SampleRequest("1.2-04", load().get("1.2-04").nominal)

    async def main() -> None:
        opened = await open_bench(None, rig=TandemRig, sample=request, seed=1)
        rig: TandemRig = opened.rig
        try:
            await rig.lamp.lamp(True)
            await rig.lamp.shutter(True)
            await rig.chamber.set_temperature(40.0)
            await rig.chamber.control(True)
            await clock.sleep(3600.0)
            await rig.hold()
            assert (await rig.top_meter.measure_voltage()).value == pytest.approx(0.0, abs=1e-4)
            assert (await rig.lamp.monitor()).value > 800.0
            assert (await rig.chamber.temperature()).value == pytest.approx(40.0, abs=1.5)
            assert (await rig.consumed())["lamp_hours"].value > 0.9
            await rig.safe()
        finally:
            await opened.close()

    clock.run(main(), virtual=True)


def test_the_subcells_share_all_but_their_reference() -> None:
    def sees(one: SweptRig) -> SweptRig:
        return one

    request = SampleRequest("1.2-04", load().get("1.2-04").nominal)

    async def main() -> None:
        opened = await open_bench(None, rig=TandemRig, sample=request, seed=1)
        rig: TandemRig = opened.rig
        try:
            top, bottom = sees(rig.top), sees(rig.bottom)
            assert top.lamp is bottom.lamp
            assert top.source_meter is bottom.source_meter
            assert top.reference_meter is rig.top_meter
            assert bottom.reference_cell.serial == "SIM-RC-12"
        finally:
            await opened.close()

    clock.run(main(), virtual=True)


def test_the_probe_is_wired_where_the_rig_reads_it() -> None:
    assert tandem.PROBE == PROBE_CHANNEL
