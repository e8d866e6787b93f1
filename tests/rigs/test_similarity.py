"""The similarity rig: its benches load, its program answers through the process link."""

from __future__ import annotations

from labctl import clock
from labctl.catalogue import load
from labctl.labs import SampleRequest
from rigs.benches import simulated_bench
from rigs.opening import open_bench
from rigs.similarity import SimilarityRig
from tests.rigs.on_bench import check_alike

SIM = simulated_bench("similarity")


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(SIM)


def test_the_simulated_program_finds() -> None:
    async def body() -> None:
        request = SampleRequest("7.3-05", load().get("7.3-05").nominal)
        opened = await open_bench(None, rig=SimilarityRig, sample=request, seed=1)
        try:
            await opened.rig.system.make_index(64)
            await opened.rig.system.add(["0" * 16, "f" * 16])
            found = await opened.rig.system.find(["0" * 16] * 50)
            assert sum(0 in one for one in found.items) > 40
            await opened.hold()
            await opened.rig.safe()
        finally:
            await opened.close()

    clock.run(body(), virtual=True)
