"""Energy and round-trip efficiency of a station at its AC terminals, over full cycles."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Words
from procedures.analysis.full_cycle import Flows, Times, flows
from procedures.methods.hybrid_storage.cycling import (
    RATE,
    Cycle,
    conditioned,
    finished,
    plan_of,
    take,
)
from procedures.methods.hybrid_storage.plant import EFFICIENCY, ENERGY, Plant, plant_on
from procedures.methods.hybrid_storage.working import ready
from procedures.methods.one_figure import one_figure
from procedures.methods.repeats import mean_of
from rigs.hybrid import HybridRig

CYCLES = 3
"""Cycles that count, after one that brings both banks into a known state."""

GAPS = Gaps(longest=24 * 3600.0, total=96 * 3600.0)
"""What is interrupted is done again after another run-in; a station loses some percent of its
charge in a month and hardly any of its capacity."""

HOW = N_(
    "Full cycles at 0.5 times the rated energy per hour between the cells' own limits, ten minutes "
    "of rest after each half, air at 25 degC; three cycles after a first one. One wattmeter in "
    "each phase, behind calibrated current transformers, sums up the energy at the AC terminals."
)
ENERGY_HOW = N_(
    "Mean energy delivered by a discharge at the AC terminals, less what the auxiliaries draw "
    "meanwhile, taken to 25 degC by the station's coefficient."
)
EFFICIENCY_HOW = N_(
    "Energy delivered by the discharge over all that was taken from the begin of the charge to the "
    "end of the rest after the discharge, each cycle closing where the one before ended. "
    "Auxiliaries are fed inside the metering point and count, in the rests too. The scatter of the "
    "cycles tells how well their closing states are equal."
)
LEFT_OUT: tuple[Words, ...] = (
    N_("time base of the controller that tells how long charge and discharge took"),
    N_("phase displacement of the current transformers, at a power factor of 1"),
)
ENERGY_LEFT_OUT: tuple[Words, ...] = (
    *LEFT_OUT,
    N_("mass basis: the figure is no energy per mass"),
    N_("length of the rests, and cut-offs other than the station's own, which define the figure"),
)
EFFICIENCY_LEFT_OUT: tuple[Words, ...] = (
    *LEFT_OUT,
    N_("difference of temperature between charge and discharge beyond the coefficient"),
    N_("auxiliaries at another temperature of the air"),
)


async def delivered_energy(run: Run, rig: HybridRig, result: str) -> Evidence:
    """Evidence for `result`: energy in J that a full discharge delivers at the AC terminals."""
    plant = plant_on(run, rig)
    cycles = await full_cycles(run, rig, plant)

    def figure(mc: MonteCarlo) -> Draws:
        return mean_of(mc, [energy_of(mc, plant, one) for one in cycles], "energy")

    how, unstated = (HOW, ENERGY_HOW), plant.unstated(ENERGY)
    return await one_figure(
        run, result, "J", figure, how=how, left_out=ENERGY_LEFT_OUT, unstated=unstated
    )


async def efficiency(run: Run, rig: HybridRig, result: str) -> Evidence:
    """Evidence for `result`: round-trip efficiency in % at the AC terminals."""
    plant = plant_on(run, rig)
    cycles = await full_cycles(run, rig, plant)

    def figure(mc: MonteCarlo) -> Draws:
        return mean_of(mc, [_percent(mc, plant, one) for one in cycles], "closing state")

    how, unstated = (HOW, EFFICIENCY_HOW), plant.unstated(EFFICIENCY)
    return await one_figure(
        run, result, "%", figure, how=how, left_out=EFFICIENCY_LEFT_OUT, unstated=unstated
    )


async def full_cycles(run: Run, rig: HybridRig, plant: Plant) -> list[Cycle]:
    """The cycles that count, after a first one."""
    plan = plan_of(plant, RATE)

    async def one(index: int, before: Cycle | None) -> Cycle:
        if (await rig.site.cycles()).phase != "done":
            # The first cycle, and one after an interruption: nobody knows how full the banks are.
            await conditioned(rig, plant)
        found = await take(run, rig, plant, f"cycle-{index + 1}", plan, before)
        await finished(rig, plant, plan)
        return found

    async with run.scope("cycling", lambda: ready(rig, plant, plant.power(RATE))):
        return await run.cycles("cycles", CYCLES, one, Cycle)


def flows_of(mc: MonteCarlo, plant: Plant, seen: Cycle) -> Flows:
    """Draws of the energies in J of a cycle at the primary side."""
    times = Times(
        seen.charge_seconds, seen.discharge_seconds, seen.rest, seen.at_charged, seen.at_cycled
    )
    charged, cycled = plant.all_phases(mc, seen.charged), plant.all_phases(mc, seen.cycled)
    return flows(charged, cycled, plant.all_phases(mc, seen.idle), times)


def energy_of(mc: MonteCarlo, plant: Plant, seen: Cycle) -> Draws:
    """Draws of the energy in J that a cycle delivers at 25 degC, shape (draws + 1,)."""
    return flows_of(mc, plant, seen).delivered / plant.warmed(mc, ENERGY, seen.air.readings())


def _percent(mc: MonteCarlo, plant: Plant, seen: Cycle) -> Draws:
    """Draws of the efficiency of a cycle in % at 25 degC, shape (draws + 1,)."""
    found = flows_of(mc, plant, seen)
    warmed = plant.warmed(mc, EFFICIENCY, seen.air.readings())
    return 100.0 * found.delivered / found.taken / warmed
