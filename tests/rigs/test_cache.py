"""The cache rig: its benches load, one program is started and killed."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from drivers.links.programs import plugged
from labctl import clock
from labctl.catalogue import load
from labctl.labs import SampleRequest
from rigs.benches import simulated_bench
from rigs.cache import CacheRig
from rigs.opening import open_bench
from tests.rigs.on_bench import check_alike

SIM = simulated_bench("cache")
REAL = SIM.parents[1] / "example_cache.toml"


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(SIM)


def test_the_simulated_program_answers_through_the_process_link() -> None:
    async def body() -> str:
        request = SampleRequest("7.3-02", load().get("7.3-02").nominal)
        opened = await open_bench(None, rig=CacheRig, sample=request, seed=1)
        address = opened.rig.system.address
        assert address.startswith("process://sim-")
        assert opened.instruments[0].identity.simulated
        await opened.hold()
        await opened.rig.safe()
        await opened.close()
        return address.removeprefix("process://")

    assert plugged(clock.run(body(), virtual=True)) is None


@pytest.mark.timeout(120)
def test_a_policy_of_cachetools_is_a_real_system() -> None:
    async def body() -> None:
        opened = await open_bench(Path(REAL), rig=CacheRig, sample=None, seed=1)
        try:
            assert not opened.simulated
            assert opened.instruments[0].identity.model == "LRUCache"
            await opened.rig.system.make_cache(3)
            served = await opened.rig.system.replay("abca", [1] * 4, [0.0] * 4)
            assert served.outcomes == "aaah"
            assert [one for one in psutil.Process().children() if one.is_running()]
        finally:
            await opened.close()

    clock.run(body(), virtual=False)
    assert not psutil.Process().children()
