"""Direction 2.4: hybrid storage of solid-state lithium and sodium-ion batteries."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.abuse import nail, system
from procedures.methods.hybrid_storage import energy, estimation, life, life_figure, peak, response
from procedures.methods.liquid_electrolyte import liquid_electrolyte
from procedures.methods.storage_cell import (
    capacity,
    cycle_life,
    power_capability,
    temperature_range,
)
from rigs.abuse import AbuseRig
from rigs.cell_chemistry import CellChemistryRig
from rigs.hybrid import HybridRig
from rigs.storage_cell import StorageCellRig


@procedure("2.4-01", rig=StorageCellRig, gaps=capacity.GAPS)
async def lithium_capacity(run: Run, rig: StorageCellRig) -> Evidence:
    """Capacity of the solid-state lithium-ion cell at the three-hour rate, in C."""
    return await capacity.capacity(run, rig, "capacity")


@procedure("2.4-02", rig=StorageCellRig, gaps=capacity.GAPS)
async def lithium_specific_energy(run: Run, rig: StorageCellRig) -> Evidence:
    """Energy of the solid-state lithium-ion cell per its mass at the three-hour rate, in J/kg."""
    return await capacity.specific_energy(run, rig, "specific_energy")


@procedure("2.4-03", rig=StorageCellRig, gaps=cycle_life.GAPS)
async def lithium_cycle_life(run: Run, rig: StorageCellRig) -> Evidence:
    """Cycles of the solid-state lithium-ion cell until its end of life."""
    return await cycle_life.cycle_life(run, rig, "cycles_to_end_of_life")


@procedure("2.4-04", rig=CellChemistryRig)
async def liquid_share(run: Run, rig: CellChemistryRig) -> Evidence:
    """Liquid electrolyte over the mass of the whole cell, dimensionless."""
    return await liquid_electrolyte(run, rig)


@procedure("2.4-05", rig=AbuseRig, gaps=nail.GAPS)
async def nail_penetration(run: Run, rig: AbuseRig) -> Evidence:
    """Whether a charged cell bears a nail without fire or explosion."""
    return await nail.nail_penetration(run, rig, "nail_penetration_passed")


@procedure("2.4-06", rig=StorageCellRig, gaps=capacity.GAPS)
async def sodium_capacity(run: Run, rig: StorageCellRig) -> Evidence:
    """Capacity of the sodium-ion cell at the three-hour rate, in C."""
    return await capacity.capacity(run, rig, "capacity")


@procedure("2.4-07", rig=StorageCellRig, gaps=capacity.GAPS)
async def sodium_specific_energy(run: Run, rig: StorageCellRig) -> Evidence:
    """Energy of the sodium-ion cell per its mass at the three-hour rate, in J/kg."""
    return await capacity.specific_energy(run, rig, "specific_energy")


@procedure("2.4-08", rig=StorageCellRig, gaps=capacity.GAPS)
async def sodium_peak_rate(run: Run, rig: StorageCellRig) -> Evidence:
    """Largest discharge rate that the sodium-ion cell holds for the set duration, in C_rate."""
    return await power_capability.peak_rate(run, rig, "discharge_c_rate")


@procedure("2.4-09", rig=StorageCellRig, gaps=cycle_life.GAPS)
async def sodium_cycle_life(run: Run, rig: StorageCellRig) -> Evidence:
    """Cycles of the sodium-ion cell until its end of life."""
    return await cycle_life.cycle_life(run, rig, "cycles_to_end_of_life")


@procedure("2.4-10", rig=StorageCellRig, gaps=capacity.GAPS)
async def sodium_temperature_range(run: Run, rig: StorageCellRig) -> Evidence:
    """Temperatures between which the sodium-ion cell works, in degC."""
    return await temperature_range.working_range(run, rig, "operating_temperature")


@procedure("2.4-13", rig=HybridRig, gaps=energy.GAPS)
async def system_energy(run: Run, rig: HybridRig) -> Evidence:
    """Energy that the station delivers at its AC terminals at the rate of 0.5 P, in J."""
    return await energy.delivered_energy(run, rig, "energy_capacity")


@procedure("2.4-14", rig=HybridRig, gaps=peak.GAPS)
async def system_peak_power(run: Run, rig: HybridRig) -> Evidence:
    """Power that the station holds for the set time at its AC terminals, in W."""
    return await peak.peak_power(run, rig, "power")


@procedure("2.4-15", rig=HybridRig, gaps=peak.GAPS)
async def system_response_time(run: Run, rig: HybridRig) -> Evidence:
    """Time from a power command to 90 % of the station's answer, in s."""
    return await response.response_time(run, rig, "response_time")


@procedure("2.4-16", rig=HybridRig, gaps=energy.GAPS)
async def system_efficiency(run: Run, rig: HybridRig) -> Evidence:
    """Round-trip efficiency of the station at its AC terminals, in %."""
    return await energy.efficiency(run, rig, "round_trip_efficiency")


@procedure("2.4-17", rig=HybridRig, gaps=estimation.GAPS)
async def state_estimation(run: Run, rig: HybridRig) -> Evidence:
    """Largest error of the banks' estimated states of charge, in points."""
    return await estimation.estimation_error(run, rig, "state_estimation_error")


@procedure("2.4-18", rig=HybridRig, gaps=life.GAPS)
async def system_cycle_life(run: Run, rig: HybridRig) -> Evidence:
    """Cycles of the station until the retention of its conditions."""
    return await life_figure.cycle_life(run, rig, "cycles_to_end_of_life")


@procedure("2.4-19", rig=AbuseRig, gaps=nail.GAPS)
async def abuse_with_protection(run: Run, rig: AbuseRig) -> Evidence:
    """Fires and explosions of a module that is overcharged and heated, its protection in place."""
    return await system.abuse_of_module(run, rig)
