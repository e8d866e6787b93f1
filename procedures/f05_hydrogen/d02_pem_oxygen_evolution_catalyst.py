"""Direction 5.2: oxygen-evolution catalysts of little precious metal for PEM water electrolysis."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.electrolysis import durability, fluctuating
from procedures.methods.electrolysis.durability import steady_decay
from procedures.methods.electrolysis.fluctuating import fluctuating_decay
from procedures.methods.electrolysis.polarisation import voltage_at
from procedures.methods.electrolysis.resistance import area_resistance
from procedures.methods.imaging.printed import COATED, printed_area
from procedures.methods.in_situ.spatial_precision import spatial_precision
from procedures.methods.in_situ.time_precision import time_precision
from procedures.methods.metal_loading import metal_loading
from procedures.methods.voltammetry.batch_spread import batch_spread
from procedures.methods.weighing.dry_mass import dry_mass
from rigs.characterisation import CharacterisationRig
from rigs.electrolysis import ElectrolysisRig
from rigs.imaging import ImagingRig
from rigs.in_situ import InSituRig
from rigs.voltammetry import VoltammetryRig


@procedure("5.2-01", rig=ImagingRig)
async def active_area(run: Run, rig: ImagingRig) -> Evidence:
    """Area of the catalyst-coated layer of the membrane electrode, in m2."""
    return await printed_area(run, rig, COATED)


@procedure("5.2-02", rig=ElectrolysisRig)
async def area_specific_resistance(run: Run, rig: ElectrolysisRig) -> Evidence:
    """High-frequency resistance of the membrane electrode times its area, in ohm cm2."""
    return await area_resistance(run, rig, "area_specific_resistance")


@procedure("5.2-03", rig=CharacterisationRig)
async def precious_metal_loading(run: Run, rig: CharacterisationRig) -> Evidence:
    """Iridium and platinum over the active area, in kg/m2."""
    return await metal_loading(run, rig)


@procedure("5.2-04", rig=ElectrolysisRig)
async def electrolysis_voltage(run: Run, rig: ElectrolysisRig) -> Evidence:
    """Cell voltage at the set current density and temperature, in V."""
    return await voltage_at(
        run,
        rig,
        "cell_voltage",
        density=run.set_point("current_density", "A/cm**2"),
        celsius=run.set_point("temperature", "degC"),
    )


@procedure("5.2-05", rig=ElectrolysisRig, gaps=durability.GAPS)
async def decay_in_steady_run(run: Run, rig: ElectrolysisRig) -> Evidence:
    """Lasting rise of the cell voltage at constant current, in V/h."""
    return await steady_decay(
        run,
        rig,
        "voltage_decay_rate",
        seconds=run.set_point("duration", "s"),
        density=run.set_point("current_density", "A/cm**2"),
        celsius=run.set_point("temperature", "degC"),
    )


@procedure("5.2-06", rig=ElectrolysisRig, gaps=fluctuating.GAPS)
async def decay_under_profiles(run: Run, rig: ElectrolysisRig) -> Evidence:
    """Lasting rise of the cell voltage under renewable profiles, worst region, in V/h."""
    return await fluctuating_decay(
        run, rig, "voltage_decay_rate", seconds=run.set_point("duration", "s")
    )


@procedure("5.2-07", rig=CharacterisationRig)
async def batch_mass(run: Run, rig: CharacterisationRig) -> Evidence:
    """Dry mass of one preparation batch, in kg."""
    return await dry_mass(run, rig)


@procedure("5.2-08", rig=VoltammetryRig)
async def activity_of_batches(run: Run, rig: VoltammetryRig) -> Evidence:
    """Signed deviation of the worst batch's overpotential from the mean of all, in V."""
    return await batch_spread(run, rig, "overpotential_difference_between_batches")


@procedure("5.2-10", rig=InSituRig)
async def time_precision_in_situ(run: Run, rig: InSituRig) -> Evidence:
    """Signed time error of the in-situ method that 95 % of its stamps do not pass, in s."""
    return await time_precision(run, rig)


@procedure("5.2-11", rig=InSituRig)
async def spatial_precision_in_situ(run: Run, rig: InSituRig) -> Evidence:
    """Signed error of a coordinate that 95 % of the method's readings do not pass, in m."""
    return await spatial_precision(run, rig)
