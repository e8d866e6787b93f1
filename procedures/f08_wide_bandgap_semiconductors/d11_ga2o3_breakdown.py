"""Direction 8.11: monolithic gallium oxide power integrated devices, their off-state breakdown."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.semiconductor.breakdown import breakdown
from rigs.breakdown import BreakdownRig


@procedure("8.11-05", rig=BreakdownRig)
async def breakdown_voltage(run: Run, rig: BreakdownRig) -> Evidence:
    """Lowest off-state breakdown voltage of the row, in V."""
    return await breakdown(run, rig, "breakdown_voltage")
