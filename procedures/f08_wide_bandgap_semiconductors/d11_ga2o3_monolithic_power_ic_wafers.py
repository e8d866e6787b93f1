"""Direction 8.11: wafers of gallium oxide, characterised by files of instruments."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.wafer.rocking import rocking_width
from procedures.methods.wafer.roughness import roughness
from rigs.diffraction import DiffractionRig
from rigs.topography import TopographyRig


@procedure("8.11-01", rig=TopographyRig)
async def substrate_roughness(run: Run, rig: TopographyRig) -> Evidence:
    """Roughness Sq of the polished substrate, in m."""
    return await roughness(run, rig, "surface_roughness")


@procedure("8.11-03", rig=DiffractionRig)
async def film_rocking_curve(run: Run, rig: DiffractionRig) -> Evidence:
    """Width of the rocking curve of the epitaxial wafer, in rad."""
    return await rocking_width(run, rig, "rocking_curve_fwhm")


@procedure("8.11-04", rig=TopographyRig)
async def film_roughness(run: Run, rig: TopographyRig) -> Evidence:
    """Roughness Sq of the epitaxial wafer, in m."""
    return await roughness(run, rig, "surface_roughness")
