"""A real trace, replayed by a real policy and held against Belady's optimum."""

from __future__ import annotations

import sys
from collections import OrderedDict
from urllib.parse import urlencode

import pytest

from drivers.cut1.cache import Cut1Cache
from drivers.links.opening import open_process_link
from labctl import clock
from procedures.analysis.belady import most_hits
from procedures.analysis.public_traces import web_shop
from sim_backends.models.software.workload import furthest

CAPACITY = 500


def least_recent(keys: tuple[str, ...]) -> int:
    """Hits of a cache from which goes what was asked for longest ago."""
    held, hits = OrderedDict[str, None](), 0
    for key in keys:
        hits += key in held
        held[key] = None
        held.move_to_end(key)
        if len(held) > CAPACITY:
            held.popitem(last=False)
    return hits


def test_what_the_trace_holds() -> None:
    trace = web_shop()
    assert (len(trace.keys), len(set(trace.keys))) == (20000, 6376)
    assert sum(trace.one_time()) == 3524
    assert set(trace.sizes) == {1}


def test_a_policy_of_cachetools_on_it_and_the_optimum() -> None:
    trace = web_shop()

    async def replayed() -> int:
        module = "drivers.cut1._serve_cachetools"
        arguments = urlencode([("arg", one) for one in ("-m", module, "LRUCache")])
        link = await open_process_link(f"process://{sys.executable}?{arguments}")
        driver = Cut1Cache(link)
        try:
            await driver.identify()
            await driver.make_cache(CAPACITY)
            hits = 0
            for one in trace.blocks(1000):
                served = await driver.replay(one.keys, one.sizes, one.features)
                hits += served.outcomes.count("h")
            return hits
        finally:
            await driver.close()

    hits = clock.run(replayed(), virtual=False)
    assert hits == least_recent(trace.keys)
    most = most_hits(trace.keys, CAPACITY)
    assert 0.5 < hits / most < 1.0
    assert most <= len(trace.keys) - len(set(trace.keys))


@pytest.mark.parametrize("begin", [0, 12000])
def test_the_optimum_of_a_part_by_plain_search(begin: int) -> None:
    keys = web_shop().keys[begin : begin + 3000]
    assert most_hits(keys, 100) == furthest(list(keys), 100)
