"""The query speed rig: its benches load, its three programs answer through process links."""

from __future__ import annotations

from hashlib import sha256

from rigs.benches import simulated_bench
from rigs.opened import Opened
from rigs.query_speed import QuerySpeedRig
from tests.rigs.on_bench import check_alike, on_bench

SIM = simulated_bench("query_speed")


def test_the_real_bench_is_whole_and_states_what_the_simulated_one_does() -> None:
    check_alike(SIM)


def test_three_programs_find_the_same() -> None:
    async def body(opened: Opened, rig: QuerySpeedRig) -> None:
        items = [sha256(bytes([one])).hexdigest() for one in range(16)]
        for program in rig.programs().values():
            await program.make_index(256)
            await program.add(items)
            found = await program.find(items)
            assert found.items == tuple((one,) for one in range(16))
        models = [one.identity.model for one in rig.programs().values()]
        assert models == ["system-index", "spyglass-index", "smartstore-index"]
        await opened.hold()
        await opened.rig.safe()

    on_bench(QuerySpeedRig, "7.3-04", body)
