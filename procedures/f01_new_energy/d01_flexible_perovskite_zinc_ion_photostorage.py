"""Direction 1.1: flexible perovskite cells with zinc-ion storage."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.battery.bent import retention_by_bending
from procedures.methods.battery.charge_discharge import GAPS as CYCLING_GAPS
from procedures.methods.battery.charge_discharge import per_area, per_mass
from procedures.methods.battery.efficiency import efficiency_over_life
from procedures.methods.endurance.bending import loss_by_bending
from procedures.methods.endurance.light_soak import GAPS, loss_by_light
from procedures.methods.imaging.printed import COATED, MODULE, printed_area
from procedures.methods.photocharging.balance import conversion_efficiency
from procedures.methods.photocharging.stability import stable_supply
from procedures.methods.photovoltaics.standard_conditions import power_per_area
from rigs.battery import BatteryRig
from rigs.imaging import ImagingRig
from rigs.photocharging import PhotochargingRig
from rigs.photovoltaic import PhotovoltaicRig


@procedure("1.1-01", rig=ImagingRig)
async def module_area(run: Run, rig: ImagingRig) -> Evidence:
    """Aperture area of the flexible module, in m2; total and active area are told beside it."""
    return await printed_area(run, rig, MODULE)


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


@procedure("1.1-06", rig=BatteryRig, gaps=CYCLING_GAPS)
async def battery_specific_capacity(run: Run, rig: BatteryRig) -> Evidence:
    """Capacity of the zinc-ion battery per active mass at the five-hour rate, in C/kg."""
    return await per_mass(run, rig, "specific_capacity", "charge", "C/kg")


@procedure("1.1-07", rig=BatteryRig, gaps=CYCLING_GAPS)
async def battery_specific_energy(run: Run, rig: BatteryRig) -> Evidence:
    """Energy of the zinc-ion battery per active mass at the five-hour rate, in J/kg."""
    return await per_mass(run, rig, "specific_energy", "energy", "J/kg")


@procedure("1.1-08", rig=BatteryRig, gaps=CYCLING_GAPS)
async def battery_efficiency_over_life(run: Run, rig: BatteryRig) -> Evidence:
    """Mean coulombic efficiency of the zinc-ion battery over a life of fast cycles, in %."""
    specific = run.set_point("specific_current", "A/kg")
    cycles = round(run.set_point("cycles", "cyc"))
    return await efficiency_over_life(run, rig, "coulombic_efficiency", specific, cycles)


@procedure("1.1-09", rig=ImagingRig)
async def electrode_area(run: Run, rig: ImagingRig) -> Evidence:
    """Area of the coated layer of the electrode, in m2."""
    return await printed_area(run, rig, COATED)


@procedure("1.1-10", rig=BatteryRig, gaps=CYCLING_GAPS)
async def battery_retention_after_bending(run: Run, rig: BatteryRig) -> Evidence:
    """Capacity of the zinc-ion battery after repeated bending, in % of that before."""
    return await retention_by_bending(
        run, rig, "retention", round(run.set_point("bending_cycles", "cyc"))
    )


@procedure("1.1-11", rig=PhotochargingRig)
async def overall_efficiency(run: Run, rig: PhotochargingRig) -> Evidence:
    """Energy discharged from the pack over the light received by the device's face, in %."""
    return await conversion_efficiency(run, rig, "energy_conversion_efficiency")


@procedure("1.1-12", rig=PhotovoltaicRig)
async def module_areal_power(run: Run, rig: PhotovoltaicRig) -> Evidence:
    """Power of the module per area at standard test conditions, in W/m2."""
    return await power_per_area(run, rig, "areal_power", per_light=False)


@procedure("1.1-13", rig=BatteryRig, gaps=CYCLING_GAPS)
async def unit_cell_areal_capacity(run: Run, rig: BatteryRig) -> Evidence:
    """Capacity of the zinc-ion unit cell per electrode area at the five-hour rate, in C/m2."""
    return await per_area(run, rig, "areal_capacity", "charge", "C/m**2")


@procedure("1.1-14", rig=BatteryRig, gaps=CYCLING_GAPS)
async def unit_cell_areal_energy(run: Run, rig: BatteryRig) -> Evidence:
    """Energy of the zinc-ion unit cell per electrode area at the five-hour rate, in J/m2."""
    return await per_area(run, rig, "areal_energy", "energy", "J/m**2")


@procedure("1.1-15", rig=PhotochargingRig)
async def supply_of_a_product(run: Run, rig: PhotochargingRig) -> Evidence:
    """Whether the device supplies a portable product through changing light and load."""
    return await stable_supply(run, rig, "stable_supply")
