"""Direction 7.3: cache systems enabled by machine learning, the time of similar-content queries."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.caching.speedup import speedup
from rigs.query_speed import QuerySpeedRig

KEYS = {"spyglass": "speedup_over_spyglass", "smartstore": "speedup_over_smartstore"}
"""The criterion of each baseline."""


@procedure("7.3-04", rig=QuerySpeedRig)
async def speed_of_queries(run: Run, rig: QuerySpeedRig) -> Evidence:
    """Query time of Spyglass and of SmartStore over that of the system under test."""
    return await speedup(run, rig, KEYS)
