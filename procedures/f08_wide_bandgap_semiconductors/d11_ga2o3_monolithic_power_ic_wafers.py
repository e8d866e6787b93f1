"""Direction 8.11: wafers of gallium oxide, characterised by files of instruments."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.wafer.roughness import roughness
from rigs.topography import TopographyRig


@procedure("8.11-01", rig=TopographyRig)
async def substrate_roughness(run: Run, rig: TopographyRig) -> Evidence:
    """Roughness Sq of the polished substrate, in m."""
    return await roughness(run, rig, "surface_roughness")


@procedure("8.11-04", rig=TopographyRig)
async def film_roughness(run: Run, rig: TopographyRig) -> Evidence:
    """Roughness Sq of the epitaxial wafer, in m."""
    return await roughness(run, rig, "surface_roughness")
