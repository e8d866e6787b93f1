"""Direction 7.3: cache systems enabled by machine learning."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.caching.exclusion import exclusion
from procedures.methods.caching.recall import error_rate, recall
from procedures.methods.caching.relative_hits import relative_hits
from procedures.methods.caching.utilisation import utilisation
from rigs.cache import CacheRig
from rigs.similarity import SimilarityRig


@procedure("7.3-02", rig=CacheRig)
async def one_time_exclusion(run: Run, rig: CacheRig) -> Evidence:
    """Share of one-time accesses that the admission policy keeps out, in %."""
    return await exclusion(run, rig, "one_time_access_exclusion_rate")


@procedure("7.3-03", rig=CacheRig)
async def hits_of_optimum(run: Run, rig: CacheRig) -> Evidence:
    """Hit ratio relative to the theoretical optimum, in %."""
    return await relative_hits(run, rig, "ratio_to_baseline")


@procedure("7.3-05", rig=SimilarityRig)
async def recall_of_queries(run: Run, rig: SimilarityRig) -> Evidence:
    """Recall of similar-content queries."""
    return await recall(run, rig, "recall")


@procedure("7.3-06", rig=SimilarityRig)
async def errors_of_queries(run: Run, rig: SimilarityRig) -> Evidence:
    """Wrong items among those that queries return, in %."""
    return await error_rate(run, rig, "error_rate")


@procedure("7.3-07", rig=CacheRig)
async def use_of_space(run: Run, rig: CacheRig) -> Evidence:
    """Share of the allocated space that is used, in %."""
    return await utilisation(run, rig, "cache_utilisation")
