"""Rate of false alarms: exposures without a target gas that alarm, of a number fixed before.

Each exposure is a humidity and an amount of interfering vapour, drawn among nine pairs with a seed
of the run; the array decides anew in each. An array that never alarms has no false
alarms either: first a target gas must raise it.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from drivers.roles.source_meter import IVPoint
from labctl import clock
from labctl.evidence import Evidence, Rate, Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text
from procedures.methods.gas_sensing.blending import (
    FIRST_FILM,
    SCCM,
    TOTAL,
    VAPOUR,
    connected,
    purged,
)
from rigs.gas_sensing import GasSensingRig

TRIALS, CHUNK = 600, 50
"""Exposures, and how many make a step of the run."""

WET = (0.25, 0.5, 0.75)
"""Parts of the flow that go through the humidifier."""

VAPOURS = (0.0, 50.0 * SCCM, 100.0 * SCCM)
"""m3/s from the cylinder of vapour: nothing, 50 and 100 umol/mol."""

TARGET, RAISED = "CO", 5
"""What must raise the alarm, and how often in a row."""

DOSE = 100.0 * SCCM
"""m3/s from the target's cylinder: some 20 umol/mol."""

EXPOSED = 20.0
"""s of an exposure before the alarm is read."""

OUTPUT = FIRST_FILM + 8
"""Channel of the multiplexer of the alarm's output."""

ALARM, COMPLIANCE = 1.65, 6.0
"""V: half of the output's high level, and more than it."""

HOW = N_(
    "Share of exposures without a target gas that alarm: {events} of {trials}, whose number was "
    "fixed before; humidity of 25, 50 or 75 % and 0, 50 or 100 umol/mol of ethanol, drawn at "
    "random. The target gas raised the alarm {raised} times of {tried} before."
)
SILENT = "the array does not alarm at a target gas, so that the absence of alarms says nothing"
LEFT_OUT = (
    N_("interfering vapours and gases other than ethanol"),
    N_("how well each exposure was made: flows within the controllers' limits"),
)


class Exposure(NamedTuple):
    """`wet` part of the flow, and `dose` in m3/s from the cylinder."""

    wet: float
    dose: float


async def false_alarm_rate(run: Run, rig: GasSensingRig, result: str) -> Evidence:
    """Evidence for `result`: false alarms over exposures without a target gas."""
    plan = planned(run.seed)
    async with run.scope("air", lambda: arranged(rig)):
        await connected(run, rig, "target", TARGET)
        target = [Exposure(0.5, DOSE), Exposure(0.5, 0.0)] * RAISED
        raised = sum((await _exposed(run, rig, "target", target))[::2])
        await connected(run, rig, "vapour", VAPOUR)
        events = 0
        for first in range(0, TRIALS, CHUNK):
            chunk = plan[first : first + CHUNK]
            events += sum(await _exposed(run, rig, f"exposures/{first + 1}", chunk))
            run.progress((first + CHUNK) / TRIALS, f"{events} alarms")
    words = {
        "events": str(events), "trials": str(TRIALS), "raised": str(raised), "tried": str(RAISED),
    }  # fmt: skip
    return run.evidence(
        {result: Rate(events, TRIALS, TRIALS)},
        how=(Text(HOW, words),),
        left_out=LEFT_OUT,
        missing=() if raised == RAISED else (SILENT,),
    )


def planned(seed: int) -> list[Exposure]:
    """The exposures of a run of `seed`, drawn at random, no two in a row alike: air that does not
    change would be one exposure. All nine pairs are as frequent."""
    drawn = Random(f"{seed}/exposures")
    pairs = [Exposure(wet, dose) for wet in WET for dose in VAPOURS]
    plan = [drawn.choice(pairs)]
    while len(plan) < TRIALS:
        plan.append(drawn.choice([one for one in pairs if one != plan[-1]]))
    return plan


async def arranged(rig: GasSensingRig) -> None:
    """Purged, and the source meter reads the alarm's output without loading it."""
    await purged(rig)
    await rig.multiplexer.select(OUTPUT)
    await rig.source_meter.wires(2)
    await rig.source_meter.source_current(0.0, compliance=COMPLIANCE)
    await rig.source_meter.output(True)


async def _exposed(run: Run, rig: GasSensingRig, name: str, chunk: list[Exposure]) -> list[bool]:
    """Whether each exposure alarmed; a step of the run."""

    async def once() -> list[bool]:
        readings: list[Reading] = []
        last = Exposure(-1.0, -1.0)
        for one in chunk:
            await _blended(rig, one, last)
            last = one
            await clock.sleep(EXPOSED)
            point: IVPoint = await rig.source_meter.measure()
            readings.append(point.voltage)
        await run.record(name, *readings)
        return [one.value > ALARM for one in readings]

    return await run.step(name, once, list[bool])


async def _blended(rig: GasSensingRig, one: Exposure, last: Exposure) -> None:
    """The lines at `one`, those anew that differ from the `last` exposure."""
    if one.dose != last.dose:
        await rig.dosing.set_flow(one.dose)
    if one.wet != last.wet:
        await rig.humid.set_flow(one.wet * TOTAL)
    await rig.dry.set_flow(TOTAL - one.wet * TOTAL - one.dose)
