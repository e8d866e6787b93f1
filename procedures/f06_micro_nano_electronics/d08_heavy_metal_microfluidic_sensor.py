"""Direction 6.8: microfluidic sensor array for heavy metal ions."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.chip import chip_size
from procedures.methods.voltammetry.analysis_time import analysis_time
from procedures.methods.voltammetry.arrays import working_arrays
from procedures.methods.voltammetry.detection_limit import detection_limit
from procedures.methods.voltammetry.species import species
from procedures.methods.voltammetry.system_power import system_power
from rigs.imaging import ImagingRig
from rigs.voltammetry import VoltammetryRig


@procedure("6.8-02", rig=VoltammetryRig)
async def metals_at_once(run: Run, rig: VoltammetryRig) -> Evidence:
    """How many of the named metals are detected at once."""
    return await species(run, rig, "species_detected")


@procedure("6.8-03", rig=VoltammetryRig)
async def worst_detection_limit(run: Run, rig: VoltammetryRig) -> Evidence:
    """The worst detection limit of the named ions, in ug/L."""
    return await detection_limit(run, rig, "detection_limit_by_mass")


@procedure("6.8-04", rig=VoltammetryRig)
async def time_of_analysis(run: Run, rig: VoltammetryRig) -> Evidence:
    """Time of one analysis from sample in to result out, in s."""
    return await analysis_time(run, rig, "analysis_time")


@procedure("6.8-05", rig=ImagingRig)
async def size(run: Run, rig: ImagingRig) -> Evidence:
    """Width and length of the chip, in m."""
    return await chip_size(run, rig)


@procedure("6.8-06", rig=VoltammetryRig)
async def power_of_system(run: Run, rig: VoltammetryRig) -> Evidence:
    """Power of the system in the phase of an analysis that takes most, in W."""
    return await system_power(run, rig, "power_consumption")


@procedure("6.8-07", rig=VoltammetryRig)
async def arrays_on_chip(run: Run, rig: VoltammetryRig) -> Evidence:
    """How many sensor arrays of the chip work."""
    return await working_arrays(run, rig, "sensor_arrays")
