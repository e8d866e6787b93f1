"""Direction 1.1: flexible perovskite cells with zinc-ion storage."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.endurance.bending import loss_by_bending
from procedures.methods.endurance.light_soak import GAPS, loss_by_light
from procedures.methods.photovoltaics.standard_conditions import power_per_area
from rigs.photovoltaic import PhotovoltaicRig


@procedure("1.1-03", rig=PhotovoltaicRig)
async def cell_efficiency(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """Power conversion efficiency of the flexible cell at standard test conditions, in %."""
    return await power_per_area(run, rig, "power_conversion_efficiency", per_light=True)


@procedure("1.1-04", rig=PhotovoltaicRig, gaps=GAPS)
async def loss_after_light(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """Relative loss of efficiency by continuous illumination, in %."""
    return await loss_by_light(run, rig, "relative_loss", run.set_point("duration", "s"))


@procedure("1.1-05", rig=PhotovoltaicRig)
async def loss_after_bending(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """Relative loss of efficiency by repeated bending to a set radius, in %."""
    radius = run.set_point("bending_radius", "m")
    cycles = round(run.set_point("bending_cycles", "cyc"))
    return await loss_by_bending(run, rig, "relative_loss", radius, cycles)


@procedure("1.1-12", rig=PhotovoltaicRig)
async def module_areal_power(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """Power of the module per area at standard test conditions, in W/m2."""
    return await power_per_area(run, rig, "areal_power", per_light=False)
