"""A cell under renewable profiles of several regions: acquisition and evidence."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.extremes import true_values, worst
from labctl.words import Text, Words
from procedures.methods.electrolysis.decay import Decay, series
from procedures.methods.electrolysis.electrode import AREA, DRIFT, VOLTAGE, Electrode, electrode_on
from procedures.methods.electrolysis.profiles import (
    BLOCK,
    REFERENCE,
    Block,
    Region,
    blocks,
    regions,
)
from procedures.methods.electrolysis.reading import Look, look
from procedures.methods.electrolysis.working import WORKING, at_work, change, rest
from procedures.methods.observing import observed_amount
from rigs.electrolysis import ElectrolysisRig

HOUR = 3600.0
SETTLE, APART, LOOKS = 1200.0, 300.0, 3
"""Seconds at the reference current before the voltage is read, seconds between its readings, and
their number."""

GAPS = Gaps(longest=24 * HOUR, total=96 * HOUR, settle=HOUR)
"""Up to a day at rest for each thousand hours: profiles hold calms as long, after which the
reference reading goes on. Our choice: no standard names one."""

HOW = N_(
    "Hourly set points of three regions' measured weather, 1,000 h each, one after the other on "
    "one cell at 60 degC; rated 2 A/cm2, off below a tenth of it. In each 20 h, at the first "
    "start after an hour at rest or more, in which the recoverable part recovers, the voltage is "
    "read at 1 A/cm2 after 20 min at it and taken to 60 degC. A straight line from 150 h of each "
    "region on; the worst region's slope, without the bias that the largest of noisy values has."
)
RATES = N_("Decay by region, in uV/h: {rates}.")
LEFT_OUT = (
    N_("what does not recover within an hour at rest, and yet would in longer ones"),
    N_("ageing by an earlier region that shows in a later one"),
    N_("decay within the first 150 h of each region"),
    N_("changes of the load within an hour"),
)


class Segment(msgspec.Struct, frozen=True):
    """What a block gave: the looks at the reference current, none where it did not start."""

    looks: tuple[Look, ...]


@dataclass(frozen=True)
class Driven:
    """A `region` that was run: the looks of each block, and when the run began and ended in s."""

    region: Region
    segments: list[Segment]
    begin: float
    end: float


async def fluctuating_decay(
    run: Run, rig: ElectrolysisRig, result: str, *, seconds: float
) -> Evidence:
    """Evidence for `result`: lasting rise of the voltage in V/h of the worst region in `seconds`
    s of its profile each."""
    electrode = electrode_on(run)
    driven = [
        await _driven(run, rig, electrode, region, seconds, (number + 1) / len(regions()))
        for number, region in enumerate(regions())
    ]
    shortest = min(one.end - one.begin for one in driven)
    run.observe(observed_amount("duration", shortest, "s"))
    run.observe(observed_amount("region_profiles", float(len(driven)), "profile"))
    decays = [await _decay(run, electrode, one) for one in driven]

    def reduction(mc: MonteCarlo) -> Draws:
        return worst_rate(mc, decays)

    return run.evidence(
        {result: run.figure(result, reduction, "V/h")},
        how=(HOW, _rates(run.monte_carlo, decays)),
        left_out=LEFT_OUT,
        unstated=electrode.unstated((AREA, VOLTAGE), (DRIFT,)),
        budget=run.monte_carlo.budget(reduction, result),
    )


async def _driven(
    run: Run,
    rig: ElectrolysisRig,
    electrode: Electrode,
    region: Region,
    seconds: float,
    until: float,
) -> Driven:
    """`region`'s profile for `seconds` s, begun again where it is shorter; at rest afterwards."""
    plan = blocks(region)
    name = region.name.lower().replace(" ", "-")
    begin = await run.step(f"{name}/begin", lambda: _now(), float)

    async def one(elapsed: float, before: Segment | None) -> Segment:
        number = round(elapsed / (BLOCK * HOUR))
        if elapsed >= seconds:
            return Segment(())
        started = REFERENCE if before is None else plan[(number - 1) % len(plan)].densities[-1]
        return await follow(run, rig, electrode, plan[number % len(plan)], name, started)

    async with run.scope(name, lambda: at_work(rig, WORKING, REFERENCE * electrode.area)):
        done = await run.log("profile", seconds, BLOCK * HOUR, one, Segment, 0.95 * until)
    end = await rest(run, rig, name)
    return Driven(region, done, run.exposed(begin), run.exposed(end))


async def _now() -> float:
    return clock.now()


async def follow(
    run: Run,
    rig: ElectrolysisRig,
    electrode: Electrode,
    block: Block,
    name: str,
    started: float,
) -> Segment:
    """Drive the hours of `block`, from `started` A/cm2 on, and wait for the end of all but the
    last."""
    begin = clock.now()
    looks: tuple[Look, ...] = ()
    now = started * electrode.area
    for hour, density in enumerate(block.densities):
        if hour == block.reference:
            await change(rig, now, REFERENCE * electrode.area)
            looks, now = await _reference(run, rig, name), REFERENCE * electrode.area
        await change(rig, now, density * electrode.area)
        now = density * electrode.area
        if hour + 1 < len(block.densities):
            await clock.sleep(begin + (hour + 1) * HOUR - clock.now())
    return Segment(looks)


async def _reference(run: Run, rig: ElectrolysisRig, name: str) -> tuple[Look, ...]:
    await clock.sleep(SETTLE)
    looks: list[Look] = []
    for _ in range(LOOKS):
        looks.append(await look(run, rig, name))
        await clock.sleep(APART)
    return tuple(looks)


async def _decay(run: Run, electrode: Electrode, driven: Driven) -> Decay:
    name = driven.region.name.lower().replace(" ", "-")
    voltage = {reading.t: reading for reading in await run.readings(f"{name}/voltage")}
    hours: list[float] = []
    read: list[list[Reading]] = []
    heat: list[float] = []
    for segment in driven.segments:
        if segment.looks:
            hours.append((run.exposed(segment.looks[0].t) - driven.begin) / HOUR)
            read.append([voltage[one.t] for one in segment.looks])
            heat.append(float(np.mean([one.temperature for one in segment.looks])))
    return Decay(electrode, series(hours, read, heat), WORKING, name)


def worst_rate(mc: MonteCarlo, decays: list[Decay]) -> Draws:
    """The largest true rate in V/h, shape (draws + 1, 1).

    Scatter is each region's own and has no part in what is common to all: that is drawn beside.
    """
    lines = [decay.line(mc) for decay in decays]
    values = np.array([float(line[0, 0]) for line in lines])
    u = float(np.sqrt(np.mean([decay.scatter.u**2 for decay in decays])))
    true = true_values(mc, "regions", values, u)
    common = np.hstack([line - line[0] for line in lines])
    return worst(true + common)[:, None]


def _rates(mc: MonteCarlo, decays: list[Decay]) -> Words:
    rates = ", ".join(f"{one.name} {1e6 * float(one.line(mc)[0, 0]):.1f}" for one in decays)
    return Text(RATES, {"rates": rates})
