"""The gas identification rig: its benches load, and the log comes once."""

from __future__ import annotations

from labctl import clock
from rigs.benches import simulated_bench
from rigs.gas_identification import GasIdentificationRig
from rigs.opened import Opened
from tests.rigs.on_bench import check_alike, on_bench


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(simulated_bench("gas_identification"))


def test_the_log_is_handed_over_and_comes_once() -> None:
    async def body(opened: Opened, rig: GasIdentificationRig) -> None:
        first = await rig.batch.latest()
        await clock.sleep(3600.0)
        assert (await rig.batch.latest()).file.sha256 == first.file.sha256
        serials = {one.channel.partition("/")[0] for one in first.result}
        assert len(serials) == 12
        assert len(first.result) == 12 * 19
        assert next(iter(rig.roles())) == "dosing"
        assert "batch" in rig.roles()
        await opened.hold()
        await rig.safe()

    on_bench(GasIdentificationRig, "6.7-01", body)
