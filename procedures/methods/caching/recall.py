"""Recall of similar-content queries, and the share of wrong items among those returned."""

from __future__ import annotations

from labctl.evidence import Evidence, Rate
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student
from labctl.words import Text
from procedures.analysis.contents import ITEMS, QUERIES, Judged
from procedures.methods.caching.asking import asked
from procedures.methods.one_figure import one_figure
from rigs.similarity import SimilarityRig

HOW = N_(
    "{items} items of 256 random bits were held; {queries} of them with 16 bits flipped were the "
    "queries. Similar is what differs in 32 bits or less; every pair was compared to know it."
)
RECALLED = N_(
    "Of {all} similar items {right} were found; {wrong} of {returned} returned are wrong."
)
RATIO = N_(
    "The error rate is the share of wrong items among those returned; its uncertainty is the "
    "scatter from query to query, and not less than one wrong item."
)
LEFT_OUT = (N_("contents of the customer's own, and vectors that are not of bits"),)
NOTHING = N_("the system returned nothing, so that no share of it is wrong or right")


async def recall(run: Run, rig: SimilarityRig, result: str) -> Evidence:
    """Evidence for `result`: similar items that were found, as a rate of trials.

    A query has one similar item, so one trial is one query; their number is fixed before.
    """
    seen = await asked(run, rig)
    trials = int(seen.similar.sum())
    rate = Rate(int(seen.right.sum()), trials, trials)
    return run.evidence({result: rate}, how=_how(seen), left_out=LEFT_OUT)


async def error_rate(run: Run, rig: SimilarityRig, result: str) -> Evidence:
    """Evidence for `result`: wrong items among those returned, in %."""
    seen = await asked(run, rig)
    if not seen.returned.sum():
        return run.evidence({}, how=_how(seen), left_out=LEFT_OUT, missing=(NOTHING,))
    shape = student(QUERIES - 1)

    def reduction(mc: MonteCarlo) -> Draws:
        scatter = mc.certified("queries", seen.error_deviation, shape, "scatter over the queries")
        return 100.0 * (seen.error_rate + scatter)

    how = (*_how(seen), RATIO)
    return await one_figure(run, result, "%", reduction, how=how, left_out=LEFT_OUT)


def _how(seen: Judged) -> tuple[Text, ...]:
    counts = {
        "all": str(seen.similar.sum()),
        "right": str(seen.right.sum()),
        "returned": str(seen.returned.sum()),
        "wrong": str((seen.returned - seen.right).sum()),
    }
    first = Text(HOW, {"items": str(ITEMS), "queries": str(QUERIES)})
    return first, Text(RECALLED, counts)
