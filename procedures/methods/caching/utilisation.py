"""Utilisation of the space that is allocated to a cache, in the settled part of a trace."""

from __future__ import annotations

import numpy as np

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.caching.replaying import TRACES, Replay, replays
from procedures.methods.one_figure import one_figure
from rigs.cache import CacheRig

SPACE = 5_600_000
"""Capacity in units of size; the objects of the traces have 15,500 on average."""

HOW = N_(
    "Of the resources of a cache space is judged. A synthetic trace of objects of different size "
    "was replayed {traces} times, each with other random numbers and a new cache; one more before "
    "them was practice. After each line of accesses the system told the size of all objects that "
    "it holds. The figure is its mean over the second half of a trace, divided by the capacity "
    "that was allocated, and the mean of that over the traces; its uncertainty is their scatter."
)
TOLD = N_("At its end the first half of a trace had filled {filled} %; hit ratio {hits} %.")
LEFT_OUT = (
    N_("bandwidth, processor time and memory beside the capacity"),
    N_("what is told of the space held beyond what hits show of it"),
)


def mean_used(one: Replay) -> float:
    """Mean size used over the second half of a replay, in units of size."""
    return float(np.mean(one.used[len(one.used) // 2 :]))


async def utilisation(run: Run, rig: CacheRig, result: str) -> Evidence:
    """Evidence for `result`: share of the allocated space that is used, in %."""
    served = await replays(run, rig, SPACE, sized=True)
    shares = [mean_used(one) / SPACE for one in served]

    def reduction(mc: MonteCarlo) -> Draws:
        return 100.0 * mc.repeated("traces", shares, "scatter over the traces")

    filled = np.mean([one.used[len(one.used) // 2 - 1] for one in served]) / SPACE
    hits = np.mean([one.outcomes.count("h") / len(one.outcomes) for one in served])
    words = {"filled": f"{100 * filled:.4g}", "hits": f"{100 * hits:.3g}"}
    how = (Text(HOW, {"traces": str(TRACES)}), Text(TOLD, words))
    return await one_figure(run, result, "%", reduction, how=how, left_out=LEFT_OUT)
