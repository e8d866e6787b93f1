"""Time of one analysis on a chip, from sample in to result out, phase by phase."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import numpy as np

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.voltammetry.analysing import (
    DEPOSITING,
    SAMPLE,
    Method,
    arranged,
    named_syringe,
    sweep,
)
from procedures.methods.voltammetry.peaks import Array
from rigs.voltammetry import VoltammetryRig

WATCHED, EVERY = 240.0, 0.5
"""Seconds over which the electrode's current is watched from the pump's start, and how often."""

WETTING, WET_RANGE = -0.6, 2e-6
"""V at which a wetted electrode reduces oxygen; A that its range holds."""

CLEANING = 0.5
"""V of the pretreatment."""

FILLED = 0.98
"""Part of the final current at which the cell counts as filled."""

PLATEAU = 40.0
"""Seconds at the end of the record over which the final current is the mean."""

STEP, RANGE = 0.01, 0.5e-3
"""V; A."""

BORE = "syringe_bore"
"""Contribution of the bench: the area of the syringe's bore, on which the flow hangs."""

HOW = N_(
    "From the start of the pump until the sweep has ended, without what the bench itself needs "
    "between the phases. The cell counts as filled when the current of the electrode has come to "
    "98 % of what it ends at."
)
LEFT_OUT = (
    N_("preparation of the sample before it is drawn into the syringe"),
    N_("computing of the result, which takes less than a second"),
)


class Phases(msgspec.Struct, frozen=True):
    """Seconds of `filling` at the bench's own flow, of pretreatment, deposition and sweep, and the
    volume that the pump said it had `dispensed`."""

    filling: float
    pretreatment: float
    deposition: float
    sweep: float
    dispensed: Reading


class Wetting(NamedTuple):
    """The current of an electrode that is being wetted: s since the pump's start, and A."""

    time: Array
    current: Array


async def analysis_time(run: Run, rig: VoltammetryRig, result: str) -> Evidence:
    """Evidence for `result`: time of one analysis in s."""
    flow = run.sample.quantity("fill_flow", "m**3/s").value
    method = Method(flow, run.sample.quantity("deposition_time", "s").value, STEP, RANGE)
    pretreatment = run.sample.quantity("pretreatment_time", "s").value
    await named_syringe(run, rig, "sample", SAMPLE)
    async with run.scope("chip", lambda: arranged(rig, flow)):
        phases = await run.step("analysis", lambda: timed(rig, method, pretreatment), Phases)
    return await run.reduce(lambda: _evidence(run, result, phases))


async def timed(rig: VoltammetryRig, method: Method, pretreatment: float) -> Phases:
    """One analysis by `method` with `pretreatment` in s; its phases."""
    await rig.pump.set_zero()
    await rig.potentiostat.set_current_range(WET_RANGE)
    began = clock.now()
    await rig.pump.dispense_to(method.flow * WATCHED)
    seen = await rig.potentiostat.chronoamperometry(WETTING, interval=EVERY, duration=WATCHED)
    late = seen.current.t - began
    filling = filled(Wetting(seen.time + late, -seen.current.values), rig.potentiostat.address)
    dispensed = await rig.pump.dispensed()
    await rig.potentiostat.set_current_range(method.range)
    first = await _held(rig, CLEANING, pretreatment)
    second = await _held(rig, DEPOSITING, method.deposition)
    swept = await sweep(rig, method)
    return Phases(filling, first, second, swept.seconds, dispensed)


async def _held(rig: VoltammetryRig, potential: float, seconds: float) -> float:
    """Hold `potential` in V until `seconds` s have passed since it was asked for; s it was."""
    began = clock.now()
    await rig.potentiostat.apply_potential(potential)
    await rig.potentiostat.cell(True)
    await clock.sleep(max(seconds - (clock.now() - began), 0.0))
    return clock.now() - began


def filled(wetting: Wetting, address: str) -> float:
    """Seconds at which the current has come to `FILLED` of its end, interpolated between readings.

    `InstrumentError` where it does not come to rest.
    """
    end = wetting.time >= wetting.time[-1] - PLATEAU
    final = float(wetting.current[end].mean())
    moved = float(np.ptp(wetting.current[end]))
    if not final > 0.0 or moved > (1.0 - FILLED) * final:
        raise InstrumentError(
            "the electrode's current did not come to rest",
            address=address,
            answer=f"{final:.3g} A, moving by {moved:.3g} A",
            remedy="look for bubbles in the cell, or pump for longer",
        )
    above = wetting.current >= FILLED * final
    at = int(np.argmax(above))
    if at == 0:
        return float(wetting.time[0])
    pair = slice(at - 1, at + 1)
    return float(np.interp(FILLED * final, wetting.current[pair], wetting.time[pair]))


def _evidence(run: Run, result: str, phases: Phases) -> Evidence:
    rest = phases.pretreatment + phases.deposition + phases.sweep

    def reduction(mc: MonteCarlo) -> Draws:
        volume = mc.readings([phases.dispensed]) / phases.dispensed.value
        bore = run.contributions.get(BORE, Quantity(0.0, "dimensionless"))
        flow = volume * mc.relative(f"bench/{BORE}", bore)
        seen = mc.rectangular("sampling", EVERY / 2, "interval between two readings")
        return phases.filling * flow + seen + rest

    words = {
        "filling": f"{phases.filling:.1f}", "pretreatment": f"{phases.pretreatment:.1f}",
        "deposition": f"{phases.deposition:.1f}", "sweep": f"{phases.sweep:.1f}",
    }  # fmt: skip
    told = N_(
        "Filling {filling} s, pretreatment {pretreatment} s, deposition {deposition} s, sweep "
        "{sweep} s."
    )
    return run.evidence(
        {result: run.figure(result, reduction, "s")},
        how=(HOW, Text(told, words)),
        left_out=LEFT_OUT,
        unstated=() if BORE in run.contributions else (Unstated(BORE),),
        budget=run.monte_carlo.budget(reduction, result),
    )
