"""Fast frequency regulation: steps of frequency and the shape of a real event, answered or not."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from drivers.roles.site_controller import FrequencyDroop
from labctl import clock
from labctl.evidence import Evidence, Figure
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.analysis.droop import droop_answer
from procedures.methods.grid_support import clocks, recorded, steps, timing
from procedures.methods.grid_support.arranging import working
from procedures.methods.grid_support.deciding import Mark, decided, inside
from procedures.methods.grid_support.events import (
    Event,
    answered_event,
    frequency_step,
    set_scope,
)
from procedures.methods.grid_support.pcc import HERTZ, PHASE, Seen, look, read, seen_of, unstated
from procedures.methods.grid_support.relative import gain_draws
from rigs.power import PowerRig

STEPS = (49.5, 50.5)
"""Frequencies in Hz that the grid steps to."""

INTERVAL = 0.25
"""Interval of the analyser in s."""

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


class Plate(msgspec.Struct, frozen=True):
    """Rated active and apparent power of the site in W and V*A."""

    active: float
    apparent: float


async def plate(rig: PowerRig) -> Plate:
    """What the controller's plate says."""
    found = await rig.site.site_settings()
    return Plate(found.rated_active, found.rated_apparent)


async def frequency_regulation(
    run: Run, rig: PowerRig, result: str, droop: FrequencyDroop
) -> Evidence:
    """Evidence for `result`: whether power answers the frequency as `droop` asks."""

    async def arrange() -> None:
        await working(rig, ("frequency",), INTERVAL)
        await set_scope(rig)
        await look(rig)

    events: list[Event] = []
    async with run.scope("frequency", arrange):
        compared = await clocks.compare(run, rig)
        rated = await run.step("plate", lambda: plate(rig), Plate)
        for hertz in STEPS:
            event = frequency_step(hertz)
            found = await run.step(
                f"{hertz:g}", lambda e=event: answered_event(run, rig, e, "active"), Event
            )
            events.append(found)
        real = await run.step("real event", lambda: _real(run, rig), Followed)
    return await run.reduce(
        lambda: _evidence(run, rig, result, droop, rated, events, real, compared)
    )


async def _real(run: Run, rig: PowerRig) -> Followed:
    idle = await read(run, rig, "real/idle", 4)
    events = recorded.shape()
    began = await rig.grid.play_sequence(events)
    end = began.t + recorded.STEP * len(events)
    found = []
    while clock.now() < end - recorded.STEP:
        found.append(await look(rig))
        await clock.sleep(recorded.STEP)
    await run.record("real/power", *(one.power for one in found))
    await clock.sleep(max(end + 2.0 - clock.now(), 0.0))
    # A value is the mean of the interval that ends when it is told.
    times = tuple(one.power.t - 0.5 * INTERVAL - began.t for one in found)
    return Followed(began.t, idle, seen_of(found), times)


def asked_by(run: Run, droop: FrequencyDroop, most: float) -> steps.Asked:
    """Draws of the power in W, within +-`most`, that `droop` asks for at an event's frequency."""

    def asked(mc: MonteCarlo, event: Event) -> Draws:
        off = 0.0
        if FIDELITY in run.contributions:
            off = run.contributions[FIDELITY].to("Hz").u * mc.normal(f"bench/{FIDELITY}")
        deviation = event.frequency - HERTZ + off + np.zeros((mc.draws + 1, 1))
        return droop_answer(deviation, droop.slope, droop.dead_band, most)

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
    found = decided(marks, f"{len(marks)} marks")
    return run.evidence(
        {} if found.present is None else {result: found.present},
        how=(*(mark.told for mark in marks), clocks.told(compared)),
        left_out=LEFT_OUT,
        missing=found.missing,
        unstated=unstated(run, *NEEDED),
        budget=tuple(budget),
    )


def _followed(run: Run, rig: PowerRig, droop: FrequencyDroop, rated: Plate, real: Followed) -> Mark:
    levels = np.array([event.frequency for event in recorded.shape()])
    asked = droop_answer(levels - HERTZ, droop.slope, droop.dead_band, rated.active)
    ratio = rig.current_transformer.ratio
    answer = ratio.value * (real.idle.power.array.mean() - real.seen.power.array)
    found = recorded.follows(np.array(real.t), answer, asked)
    gain: Figure = run.monte_carlo.figure(
        gain_draws(run.monte_carlo, "real event", found, real.idle.power, real.seen.power, ratio),
        "dimensionless",
    )
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
