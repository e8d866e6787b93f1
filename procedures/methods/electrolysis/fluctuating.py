"""A cell under renewable profiles of several regions: acquisition and evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.extremes import true_values, worst
from labctl.uncertainty.memory import Scatter
from labctl.words import Text, Words
from procedures.analysis.repeatability import Repeatability
from procedures.methods.electrolysis.decay import Decay, series
from procedures.methods.electrolysis.electrode import AREA, DRIFT, VOLTAGE, Electrode, electrode_on
from procedures.methods.electrolysis.profiles import (
    BLOCK,
    REFERENCE,
    Block,
    Region,
    blocks,
    gone_through,
    regions,
)
from procedures.methods.electrolysis.reading import Look, look
from procedures.methods.electrolysis.working import WORKING, Load, rest
from procedures.methods.observing import observed_amount
from rigs.electrolysis import ElectrolysisRig

Array = NDArray[np.float64]

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
    "read at 1 A/cm2 after 20 min at it and taken to 60 degC. The decay of a region is the slope "
    "of the least-squares line through its readings from 150 h on, however the voltage went; the "
    "worst region's counts, without the bias that the largest of noisy values has."
)
SCATTER = N_(
    "The slopes' uncertainty is that of the readings with their memory, from what hours at work, "
    "charge, changes and shut-downs leave of them unexplained, all regions together."
)
RATES = N_("Decay by region, in uV/h: {rates}.")
LEFT_OUT = (
    N_("what does not recover within an hour at rest, and yet would in longer ones"),
    N_("ageing by an earlier region that shows in a later one"),
    N_("decay within the first 150 h of each region"),
    N_("changes of the load within an hour"),
    N_("disturbances of the voltage that last for more than a quarter of a region's run"),
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
    load = Load(rig, electrode.area)
    driven = [
        await _driven(run, load, region, seconds, (number + 1) / len(regions()))
        for number, region in enumerate(regions())
    ]
    shortest = min(one.end - one.begin for one in driven)
    run.observe(observed_amount("duration", shortest, "s"))
    run.observe(observed_amount("region_profiles", float(len(driven)), "profile"))
    decays = [await _decay(run, electrode, one) for one in driven]
    scatters = _scatters(decays, driven)

    def reduction(mc: MonteCarlo) -> Draws:
        return worst_rate(mc, decays, scatters)

    return run.evidence(
        {result: run.figure(result, reduction, "V/h")},
        how=(HOW, SCATTER, _rates(run.monte_carlo, decays)),
        left_out=LEFT_OUT,
        unstated=electrode.unstated((AREA, VOLTAGE), (DRIFT,)),
        budget=run.monte_carlo.budget(reduction, result),
    )


async def _driven(run: Run, load: Load, region: Region, seconds: float, until: float) -> Driven:
    """`region`'s profile for `seconds` s, begun again where it is shorter; at rest afterwards."""
    plan = blocks(region)
    name = region.name.lower().replace(" ", "-")
    begin = await run.step(f"{name}/begin", lambda: _now(), float)

    async def one(elapsed: float, before: Segment | None) -> Segment:
        number = round(elapsed / (BLOCK * HOUR))
        if elapsed >= seconds:
            return Segment(())
        return await follow(run, load, plan[number % len(plan)], name)

    async with run.scope(name, lambda: load.begin(WORKING, REFERENCE)):
        done = await run.log("profile", seconds, BLOCK * HOUR, one, Segment, 0.95 * until)
    end = await rest(run, load.rig, name)
    return Driven(region, done, run.exposed(begin), run.exposed(end))


async def _now() -> float:
    return clock.now()


async def follow(run: Run, load: Load, block: Block, name: str) -> Segment:
    """Drive the hours of `block`; the last lasts on."""
    begin = clock.now()
    looks: tuple[Look, ...] = ()
    for hour, density in enumerate(block.densities):
        if hour == block.reference or density != load.density:
            await clock.sleep(max(begin + hour * HOUR - clock.now(), 0.0))
        if hour == block.reference:
            await load.change(REFERENCE)
            looks = await _reference(run, load.rig, name)
        await load.change(density)
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
    return Decay(electrode, series(hours, read, heat), WORKING, name, tried=())


def _scatters(decays: Sequence[Decay], driven: Sequence[Driven]) -> list[Scatter]:
    """Scatter of each region's slope in V/h by the readings, all regions together."""
    both = [one.course(_loads(each)) for one, each in zip(decays, driven, strict=True)]
    known = Repeatability([course for course, _ in both])
    return [scatter for _, scatter in known.slopes([volts for _, volts in both])]


def _loads(driven: Driven) -> Array:
    """What the cell had gone through at each reference reading of `driven`."""
    plan = blocks(driven.region)
    hours = [
        number * BLOCK + (plan[number % len(plan)].reference or 0)
        for number, segment in enumerate(driven.segments)
        if segment.looks
    ]
    return gone_through(driven.region, hours)


def worst_rate(mc: MonteCarlo, decays: Sequence[Decay], scatters: Sequence[Scatter]) -> Draws:
    """The largest true rate in V/h, shape (draws + 1, 1), by `decays` with the `scatters` of their
    slopes.

    Scatter is each region's own and has no part in what is common to all: that is drawn beside.
    """
    lines = [decay.line(mc) for decay in decays]
    values = np.array([float(line[0, 0]) for line in lines])
    u = float(np.sqrt(np.mean([_variance(scatter) for scatter in scatters])))
    true = true_values(mc, "regions", values, u)
    common = np.hstack([line - line[0] for line in lines])
    return worst(true + common)[:, None]


def _variance(scatter: Scatter) -> float:
    """Variance of the t that a scatter stands for."""
    freedom = max(scatter.freedom, 3.0)
    return scatter.u**2 * (1.0 if math.isinf(freedom) else freedom / (freedom - 2.0))


def _rates(mc: MonteCarlo, decays: Sequence[Decay]) -> Words:
    rates = ", ".join(f"{one.name} {1e6 * float(one.line(mc)[0, 0]):.1f}" for one in decays)
    return Text(RATES, {"rates": rates})
