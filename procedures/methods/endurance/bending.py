"""Bending to a set radius again and again, between two readings at standard test conditions."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.endurance.bends import (
    BENDING_LEFT_OUT,
    STRAIN_EXPONENT,
    Bent,
    axis_factor,
    bend,
    observed_bending,
    strain_factor,
)
from procedures.methods.photovoltaics.before_after import BeforeAfter, loss_percent
from procedures.methods.photovoltaics.device import device_on
from procedures.methods.photovoltaics.iv_reduction import HOW
from procedures.methods.photovoltaics.standard_conditions import (
    LEFT_OUT,
    LOSS,
    budget,
    curves_at_stc,
    hysteresis_note,
)
from rigs.photovoltaic import PhotovoltaicRig

BENDING_HOW = N_("Bent in the dark and measured flat.")


async def loss_by_bending(
    run: Run, rig: PhotovoltaicRig, result: str, radius: float, cycles: int
) -> Evidence:
    """Evidence for `result`: relative loss of efficiency in % by `cycles` bends to `radius` in m.

    The device is mounted anew after the bends, so what hangs on its place does not cancel.
    """
    before = await curves_at_stc(run, rig, "before")
    bent = await bend(run, rig, radius, cycles)
    after = await curves_at_stc(run, rig, "after")
    curves = BeforeAfter(before, after, device_on(run, rig), device_on(run, rig, "remounted"))
    return await run.reduce(lambda: _evidence(run, result, curves, bent, radius))


def _evidence(run: Run, result: str, curves: BeforeAfter, bent: Bent, radius: float) -> Evidence:
    mc = run.monte_carlo
    for observed in observed_bending(mc, bent, run.band):
        run.observe(observed)
    note = hysteresis_note(curves.powers(mc.like(2)))
    exponent = run.sample.properties.get(STRAIN_EXPONENT, Quantity(0.0, "dimensionless"))

    def reduction(one: MonteCarlo) -> Draws:
        loss = loss_percent(curves.powers(one))
        along = axis_factor(one, exponent.value)
        return loss * strain_factor(one, bent, radius, exponent.value) * along

    return run.evidence(
        {result: run.figure(result, reduction, "%")},
        how=(HOW, BENDING_HOW, LOSS, note),
        left_out=(*LEFT_OUT, *BENDING_LEFT_OUT),
        unstated=curves.device_before.unstated(STRAIN_EXPONENT),
        budget=budget(mc, reduction, result),
    )
