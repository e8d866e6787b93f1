"""Retention of capacity by repeated bending: paired readings at one rate."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.retention import retention
from procedures.methods.battery.cell import Cell, cell_on
from procedures.methods.battery.charge_discharge import BUDGET_DRAWS, HOW, LEFT_OUT, capacity
from procedures.methods.battery.cycling import Cycles
from procedures.methods.battery.reduction import discharged
from procedures.methods.endurance.bends import (
    BENDING_LEFT_OUT,
    STRAIN_EXPONENT,
    Bent,
    axis_factor,
    bend,
    observed_bending,
)
from rigs.battery import BatteryRig

RADIUS = 0.015
"""Radius in m; our choice, that of the solar cell of the same device, where none is stated."""

EVERY = 1000.0
"""Seconds between two readings of count and radius."""

BENT_HOW = N_(
    "Retention = mean discharge after the bends over that before, each of four cycles. Bent at "
    "open circuit to 15 mm, the radius of the solar cell of the same device, since the text states "
    "none; the loss is corrected for the radius as the encoder read it."
)
BENT_LEFT_OUT = N_("capacity that the cycles of the test itself take")


async def retention_by_bending(run: Run, rig: BatteryRig, result: str, cycles: int) -> Evidence:
    """Evidence for `result`: capacity in % of that before, after `cycles` bends."""
    cell = cell_on(run, rig)
    before = await capacity(run, rig, cell, "before")
    bent = await bend(run, rig, RADIUS, cycles, EVERY)
    after = await capacity(run, rig, cell, "after")
    return await run.reduce(lambda: _evidence(run, result, cell, (before, after), bent))


def _evidence(
    run: Run, result: str, cell: Cell, both: tuple[Sequence[Cycles], Sequence[Cycles]], bent: Bent
) -> Evidence:
    mc = run.monte_carlo
    for observed in observed_bending(mc, bent, run.band):
        run.observe(observed)
    exponent = run.sample.properties.get(STRAIN_EXPONENT, Quantity(0.0, "dimensionless"))

    def figure(one: MonteCarlo) -> Draws:
        before = discharged(one, cell, both[0], "before").charge
        after = discharged(one, cell, both[1], "after").charge
        lost = 1.0 - retention(before, after)
        lost = lost * axis_factor(one, exponent.value)
        return 100.0 * (1.0 - lost * radius_factor(one, bent, exponent))

    return run.evidence(
        {result: run.figure(result, figure, "%")},
        how=(HOW, BENT_HOW),
        left_out=(*LEFT_OUT, *BENDING_LEFT_OUT, BENT_LEFT_OUT),
        unstated=cell.unstated(STRAIN_EXPONENT),
        budget=mc.budget(figure, result, BUDGET_DRAWS),
    )


def radius_factor(mc: MonteCarlo, bent: Bent, exponent: Quantity) -> Draws:
    """Draws of the loss at the set radius over that at the radius as read, (draws + 1,).

    Strain = thickness / (2 radius), and the damage grows with its power `exponent`.
    """
    power = mc.quantity(f"sample/{STRAIN_EXPONENT}", exponent)
    return ((mc.mean(bent.radius.readings()) / RADIUS) ** power)[:, 0]
