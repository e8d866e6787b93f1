"""Fast frequency regulation: steps of frequency and the shape of a real event, answered or not."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from drivers.roles.power_analyzer import PowerReading
from drivers.roles.site_controller import FrequencyDroop
from labctl import clock
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.analysis.droop import droop_answer
from procedures.methods.contributions import unknown, unstated
from procedures.methods.grid_support import clocks, recorded, steps, timing
from procedures.methods.grid_support.arranging import Plate, plate
from procedures.methods.grid_support.deciding import Mark, inside
from procedures.methods.grid_support.events import INTERVAL, Event, frequency_step, played, ready
from procedures.methods.grid_support.pcc import HERTZ, PHASE, Seen, look, read, seen_of
from procedures.methods.grid_support.relative import gain_draws
from procedures.methods.grid_support.showing import shown
from procedures.methods.site_at_work import require_at_work
from rigs.power import PowerRig

STEPS = (49.5, 50.5)
"""Frequencies in Hz that the grid steps to."""

FIDELITY = "frequency_fidelity"
"""Contribution that the bench states: the grid simulator's frequency against its setting in Hz."""

FOLLOWED = N_(
    "The shape of the event of 8 January 2021 in Continental Europe, {seconds} s down to 49.74 Hz: "
    "power follows the droop with a gain of {gain} +- {expanded} (declared: {low} to {high}), "
    "{delay} s late; rest {rest} W."
)
FOLLOW_DOUBT = "a gain over a real event that is surely inside or outside what is declared"
NEEDED = (FIDELITY, PHASE, *timing.NEEDED)
LEFT_OUT = (
    N_("definition: size, delay and droop are the method's choice, the indicator states none"),
    N_("dead band and limits of battery and rating, which no event here reaches"),
)


class Followed(msgspec.Struct, frozen=True):
    """Readings over the shape: when it `began` (run time in s), before it and over it, `t` in s."""

    began: float
    idle: Seen
    seen: Seen
    t: tuple[float, ...]


async def frequency_regulation(
    run: Run, rig: PowerRig, result: str, droop: FrequencyDroop
) -> Evidence:
    """Evidence for `result`: whether power answers the frequency as `droop` asks."""
    planned = {f"{hertz:g}": frequency_step(hertz) for hertz in STEPS}
    async with run.scope("frequency", lambda: ready(rig, "frequency")):
        compared = await clocks.compare(run, rig)
        rated = await run.step("plate", lambda: plate(rig), Plate)
        events = await played(run, rig, planned, "active")
        real = await run.step("real event", lambda: _real(run, rig), Followed)
    return await run.reduce(
        lambda: _evidence(run, rig, result, droop, rated, events, real, compared)
    )


async def _real(run: Run, rig: PowerRig) -> Followed:
    idle = await read(run, rig, "real/idle", 4)
    events = recorded.shape()
    began = await rig.grid.play_sequence(events)
    end = began.t + recorded.STEP * len(events)
    found: list[PowerReading] = []
    while clock.now() < end - recorded.STEP:
        found.append(await look(rig))
        await clock.sleep(recorded.STEP)
    await run.record("real/power", *(one.power for one in found))
    await clock.sleep(max(end + 2.0 - clock.now(), 0.0))
    await require_at_work(rig.site, ("frequency",))
    # A value is the mean of the interval that ends when it is told.
    times = tuple(one.power.t - 0.5 * INTERVAL - began.t for one in found)
    return Followed(began.t, idle, seen_of(found), times)


def asked_by(run: Run, droop: FrequencyDroop, most: float) -> steps.Asked:
    """Draws of the power in W, within +-`most`, that `droop` asks for at an event's frequency."""

    def asked(mc: MonteCarlo, event: Event) -> Draws:
        off = unknown(mc, run.contributions, FIDELITY, "Hz")
        return droop_answer(event.frequency - HERTZ + off, droop.slope, droop.dead_band, most)

    return asked


def _evidence(
    run: Run,
    rig: PowerRig,
    result: str,
    droop: FrequencyDroop,
    rated: Plate,
    events: Sequence[Event],
    real: Followed,
    compared: clocks.Clocks,
) -> Evidence:
    asked = asked_by(run, droop, rated.active)
    kind = steps.Kind("active", "W", rated.active, asked, lambda event: f"{event.frequency:g} Hz")
    marks, budget = steps.marks_of(run, rig, kind, events)
    marks.append(_followed(run, rig, droop, rated, real))
    return shown(
        run,
        result,
        marks,
        also=(clocks.told(compared),),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), NEEDED),
        budget=budget,
    )


def _followed(run: Run, rig: PowerRig, droop: FrequencyDroop, rated: Plate, real: Followed) -> Mark:
    levels = np.array([event.frequency for event in recorded.shape()])
    asked = droop_answer(levels - HERTZ, droop.slope, droop.dead_band, rated.active)
    ratio = rig.current_transformer.ratio
    answer = ratio.value * (real.idle.power.array.mean() - real.seen.power.array)
    found = recorded.follows(np.array(real.t), answer, asked)
    mc, power = run.monte_carlo, real.seen.power
    draws = gain_draws(mc, "real event", found, real.idle.power, power, ratio)
    gain = mc.figure(draws, "dimensionless")
    values = {
        "seconds": f"{recorded.POINTS[-1][0]:g}",
        "gain": f"{gain.value:.3f}",
        "expanded": f"{gain.expanded:.3f}",
        "low": f"{steps.LOW:g}",
        "high": f"{steps.HIGH:g}",
        "delay": f"{found.delay:.2f}",
        "rest": f"{found.rest:.0f}",
    }
    return Mark(inside(gain, steps.LOW, steps.HIGH), FOLLOW_DOUBT, Text(FOLLOWED, values))
