"""Energy and round-trip efficiency of a station at its AC terminals, over full cycles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from labctl.evidence import Evidence
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Words
from procedures.analysis.full_cycle import Flows, Times, flows
from procedures.methods.hybrid_storage.cycling import Cycle, finished, plan_of, take
from procedures.methods.hybrid_storage.plant import EFFICIENCY, ENERGY, Plant, plant_on
from procedures.methods.hybrid_storage.working import ready
from rigs.hybrid import HybridRig

RATE = 0.5
"""Multiples of the rated energy per hour; our choice, since no rate is stated: it is that of the
station's cycle life."""

CYCLES = 3
"""Cycles that count, after one that brings both banks into a known state."""

GAPS = Gaps(longest=24 * 3600.0, total=96 * 3600.0)
"""What is interrupted is done again after another run-in; a station loses some percent of its
charge in a month and hardly any of its capacity."""

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""

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
        each = [flows_of(mc, plant, one).delivered / _warmed(mc, plant, one) for one in cycles]
        return mean(mc, each, "energy")

    how, unstated = (HOW, ENERGY_HOW), plant.unstated(ENERGY)
    return await run.reduce(
        lambda: _evidence(run, result, "J", figure, how, ENERGY_LEFT_OUT, unstated)
    )


async def efficiency(run: Run, rig: HybridRig, result: str) -> Evidence:
    """Evidence for `result`: round-trip efficiency in % at the AC terminals."""
    plant = plant_on(run, rig)
    cycles = await full_cycles(run, rig, plant)

    def figure(mc: MonteCarlo) -> Draws:
        each = [
            100.0 * found.delivered / found.taken / plant.warmed(mc, EFFICIENCY, one.air.readings())
            for one in cycles
            for found in (flows_of(mc, plant, one),)
        ]
        return mean(mc, each, "closing state")

    how, unstated = (HOW, EFFICIENCY_HOW), plant.unstated(EFFICIENCY)
    return await run.reduce(
        lambda: _evidence(run, result, "%", figure, how, EFFICIENCY_LEFT_OUT, unstated)
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


async def conditioned(rig: HybridRig, plant: Plant) -> None:
    """A full cycle from anywhere, so that both banks are empty together."""
    plan = plan_of(plant, RATE)
    await rig.site.start_cycles(plan)
    await finished(rig, plant, plan)


def flows_of(mc: MonteCarlo, plant: Plant, seen: Cycle) -> Flows:
    """Draws of the energies in J of a cycle at the primary side."""
    times = Times(
        seen.charge_seconds, seen.discharge_seconds, seen.rest, seen.at_charged, seen.at_cycled
    )
    charged, cycled = plant.all_phases(mc, seen.charged), plant.all_phases(mc, seen.cycled)
    return flows(charged, cycled, plant.all_phases(mc, seen.idle), times)


def mean(mc: MonteCarlo, each: Sequence[Draws], name: str) -> Draws:
    """Draws of the mean of repeated figures, with their own scatter, shape (draws + 1,)."""
    values = np.array([float(one[0]) for one in each])
    scatter = mc.repeated(f"repeatability/{name}", values) - float(values.mean())
    return np.mean(each, axis=0) + scatter[:, 0]


def _warmed(mc: MonteCarlo, plant: Plant, seen: Cycle) -> Draws:
    return plant.warmed(mc, ENERGY, seen.air.readings())


def _evidence(
    run: Run,
    result: str,
    unit: str,
    figure: Callable[[MonteCarlo], Draws],
    how: Sequence[Words],
    left_out: tuple[Words, ...],
    unstated: tuple[Unstated, ...],
) -> Evidence:
    return run.evidence(
        {result: run.figure(result, figure, unit)},
        how=how,
        left_out=left_out,
        unstated=unstated,
        budget=run.monte_carlo.budget(figure, result, BUDGET_DRAWS),
    )
