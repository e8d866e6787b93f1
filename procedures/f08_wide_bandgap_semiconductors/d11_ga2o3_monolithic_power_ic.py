"""Direction 8.11: monolithic gallium oxide power integrated devices."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.semiconductor.contact_resistance import contact_resistance
from procedures.methods.semiconductor.inverter_threshold import inverter_threshold
from procedures.methods.semiconductor.monolithic import monolithic
from procedures.methods.semiconductor.on_off_ratio import on_off_ratio
from procedures.methods.semiconductor.states import diode_states, transistor_states
from procedures.methods.semiconductor.threshold_range import threshold_range
from rigs.semiconductor import SemiconductorRig


@procedure("8.11-06", rig=SemiconductorRig)
async def contacts(run: Run, rig: SemiconductorRig) -> Evidence:
    """Contact resistance times contact width, in ohm m."""
    return await contact_resistance(run, rig, "width_normalised_contact_resistance")


@procedure("8.11-07", rig=SemiconductorRig)
async def transistor_ratio(run: Run, rig: SemiconductorRig) -> Evidence:
    """On-off current ratio of the transistor, dimensionless."""
    states = transistor_states(run.sample.properties)
    return await on_off_ratio(run, rig, "on_off_ratio", states)


@procedure("8.11-08", rig=SemiconductorRig)
async def thresholds(run: Run, rig: SemiconductorRig) -> Evidence:
    """Lowest and highest threshold of a set of transistors, in V."""
    return await threshold_range(run, rig, "threshold_voltage")


@procedure("8.11-09", rig=SemiconductorRig)
async def blocks(run: Run, rig: SemiconductorRig) -> Evidence:
    """Whether the four blocks of the chip work."""
    return await monolithic(run, rig)


@procedure("8.11-10", rig=SemiconductorRig)
async def diode_ratio(run: Run, rig: SemiconductorRig) -> Evidence:
    """Rectifying current ratio of the diode, dimensionless."""
    return await on_off_ratio(run, rig, "on_off_ratio", diode_states(run.sample.properties))


@procedure("8.11-11", rig=SemiconductorRig)
async def inverter(run: Run, rig: SemiconductorRig) -> Evidence:
    """Switching threshold of the inverter, in V."""
    return await inverter_threshold(run, rig, "switching_threshold_voltage")
