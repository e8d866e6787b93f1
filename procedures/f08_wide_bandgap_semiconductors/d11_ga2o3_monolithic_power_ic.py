"""Direction 8.11: monolithic gallium oxide power integrated devices."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.semiconductor.contact_resistance import contact_resistance
from procedures.methods.semiconductor.inverter_threshold import inverter_threshold
from rigs.semiconductor import SemiconductorRig


@procedure("8.11-06", rig=SemiconductorRig)
async def contacts(run: Run, rig: SemiconductorRig) -> Evidence:
    """Contact resistance times contact width, in ohm m."""
    return await contact_resistance(run, rig, "width_normalised_contact_resistance")


@procedure("8.11-11", rig=SemiconductorRig)
async def inverter(run: Run, rig: SemiconductorRig) -> Evidence:
    """Switching threshold of the inverter, in V."""
    return await inverter_threshold(run, rig, "switching_threshold_voltage")
