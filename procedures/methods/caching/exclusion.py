"""Share of the one-time accesses that an admission policy keeps out of the cache."""

from __future__ import annotations

import numpy as np

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.analysis.cache_traces import synthetic
from procedures.methods.caching.replaying import BLOCK, TRACES, replays, share
from procedures.methods.one_figure import one_figure
from rigs.cache import CacheRig

CAPACITY = 350
"""Objects of size 1 that the cache has room for."""

HOW = N_(
    "A synthetic trace of Zipf accesses, one-time accesses and scans was replayed {traces} times, "
    "each with other random numbers; one more before them was practice and does not count. An "
    "access is one-time where its object is asked for once in the whole trace. The figure is the "
    "mean over the traces of the part of them that was kept out; its uncertainty is their scatter."
)
TOLD = N_(
    "Of the first accesses to objects that came again {wrong} % were kept out as well; hit ratio "
    "{hits} %."
)
LEFT_OUT = (
    N_("traces of the customer's own, whose one-time accesses may be told less or more easily"),
    Text(N_("looking ahead within a line of {block} accesses"), {"block": str(BLOCK)}),
)


async def exclusion(run: Run, rig: CacheRig, result: str) -> Evidence:
    """Evidence for `result`: one-time accesses kept out, in %."""
    served = await replays(run, rig, CAPACITY, sized=False)
    rates, wrong, hits = list[float](), list[float](), list[float]()
    for number, one in enumerate(served):
        trace = synthetic(run.seed, number, sized=False)
        once = trace.one_time()
        rates.append(share(one.outcomes, once, "r"))
        wrong.append(share(one.outcomes, firsts(trace.keys, once), "r"))
        hits.append(one.outcomes.count("h") / len(one.outcomes))

    def reduction(mc: MonteCarlo) -> Draws:
        return 100.0 * mc.repeated("traces", rates, "scatter over the traces")

    words = {"wrong": f"{100 * np.mean(wrong):.3g}", "hits": f"{100 * np.mean(hits):.3g}"}
    how = (Text(HOW, {"traces": str(TRACES)}), Text(TOLD, words))
    return await one_figure(run, result, "%", reduction, how=how, left_out=LEFT_OUT)


def firsts(keys: tuple[str, ...], once: tuple[bool, ...]) -> list[bool]:
    """Which accesses are the first to an object that comes again."""
    seen = set[str]()
    found = list[bool]()
    for key, alone in zip(keys, once, strict=True):
        found.append(not alone and key not in seen)
        seen.add(key)
    return found
