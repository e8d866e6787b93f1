"""Direction 7.3: cache systems enabled by machine learning."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.caching.exclusion import exclusion
from procedures.methods.caching.relative_hits import relative_hits
from rigs.cache import CacheRig


@procedure("7.3-02", rig=CacheRig)
async def one_time_exclusion(run: Run, rig: CacheRig) -> Evidence:
    """Share of one-time accesses that the admission policy keeps out, in %."""
    return await exclusion(run, rig, "one_time_access_exclusion_rate")


@procedure("7.3-03", rig=CacheRig)
async def hits_of_optimum(run: Run, rig: CacheRig) -> Evidence:
    """Hit ratio relative to the theoretical optimum, in %."""
    return await relative_hits(run, rig, "ratio_to_baseline")
