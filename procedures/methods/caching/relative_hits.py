"""Hit ratio of a cache system relative to Belady's optimum of the same traces and capacity."""

from __future__ import annotations

import numpy as np

from labctl.errors import InstrumentError
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.analysis.belady import most_hits
from procedures.analysis.cache_traces import synthetic
from procedures.methods.caching.exclusion import CAPACITY, LEFT_OUT
from procedures.methods.caching.replaying import TRACES, replays
from procedures.methods.one_figure import one_figure
from rigs.cache import CacheRig

HOW = N_(
    "A synthetic trace of Zipf accesses, one-time accesses and scans with changing popularity was "
    "replayed {traces} times, each with other random numbers and a new cache; one more before them "
    "was practice. All objects have one size. The hits of each trace, from its first access on, "
    "are divided by those of Belady's offline optimum, which may keep objects out too. The figure "
    "is the mean over the traces; its uncertainty is their scatter."
)
TOLD = N_("Hit ratio {hits} %, optimum {most} %.")


async def relative_hits(run: Run, rig: CacheRig, result: str) -> Evidence:
    """Evidence for `result`: hits divided by the most that are possible, in %.

    `InstrumentError` where a system claims more hits than the optimum has.
    """
    served = await replays(run, rig, CAPACITY, sized=False)

    def computed() -> list[tuple[int, int]]:
        keys = [synthetic(run.seed, number, sized=False).keys for number in range(TRACES)]
        return [
            (one.outcomes.count("h"), most_hits(each, CAPACITY))
            for one, each in zip(served, keys, strict=True)
        ]

    counts = await run.reduce(computed)
    for hits, most in counts:
        if hits > most:
            raise InstrumentError(
                f"{hits} hits are claimed where {most} are the most that can be",
                address=rig.system.address,
                remedy="repair the accounting of the system under test",
            )
    ratios = [hits / most for hits, most in counts]

    def reduction(mc: MonteCarlo) -> Draws:
        return 100.0 * mc.repeated("traces", ratios, "scatter over the traces")

    lengths = [len(one.outcomes) for one in served]
    hit, best = np.sum(counts, axis=0) / sum(lengths)
    words = {"hits": f"{100 * hit:.3g}", "most": f"{100 * best:.3g}"}
    how = (Text(HOW, {"traces": str(TRACES)}), Text(TOLD, words))
    return await one_figure(run, result, "%", reduction, how=how, left_out=LEFT_OUT)
