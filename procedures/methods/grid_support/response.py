"""Response time of fast frequency regulation: steps of frequency recorded, mean over them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from labctl import clock
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.analysis.step_answer import StepAnswer
from procedures.methods.contributions import unstated
from procedures.methods.grid_support import clocks, timing
from procedures.methods.grid_support.arranging import Plate, plate
from procedures.methods.grid_support.events import (
    REST,
    Event,
    frequency_step,
    ready,
    record_event,
)
from procedures.methods.grid_support.pcc import HERTZ
from procedures.methods.step_record import LENGTH
from rigs.power import PowerRig

STEPS = (49.5, 50.5, 49.5, 50.5, 49.5, 50.5)
"""Frequencies in Hz that the grid steps to from 50 Hz, in turn."""

LASTING = 2.0
"""Seconds of a step."""

OFF_BEAT = 0.0137
"""Seconds by which every second rest is longer: steps must not keep in step with a controller's
cycle."""

BUDGET_DRAWS = 200
"""Draws for a budget line: enough for two digits."""

SILENT = "an answer to every step of frequency"
RESTLESS = "an answer that had settled 0.6 s after the step"

HOW = N_(
    "{count} steps of frequency of 0.5 Hz up and down by the grid simulator. On one record of the "
    "oscilloscope stand its event output, voltage and current at the point of common coupling: "
    "the time is that from the event until the power, averaged over a cycle and half a cycle about "
    "its time, has done 90 % of its way to where it has settled. Single times from {low} ms to "
    "{high} ms; the mean decides. The windows' second-order error of up to {window} ms is taken "
    "out."
)
LEFT_OUT = (
    N_("definition of the end point: 90 % of the answer, settled from 0.6 s to 0.95 s"),
    N_("answers to other events: frequency that drifts, steps of another size, unbalance"),
)


async def response_time(run: Run, rig: PowerRig, result: str) -> Evidence:
    """Evidence for `result`: the mean response time over steps of frequency, in s."""
    found: list[Event] = []
    async with run.scope("steps", lambda: ready(rig, "frequency")):
        compared = await clocks.compare(run, rig)
        rated = await run.step("plate", lambda: plate(rig), Plate)
        for number, hertz in enumerate(STEPS):
            run.progress(number / len(STEPS), f"{hertz:g} Hz")
            found.append(await run.step(f"{number}", lambda to=hertz: _step(run, rig, to), Event))
    return await run.reduce(lambda: _evidence(run, result, rated.active, found, compared))


async def _step(run: Run, rig: PowerRig, hertz: float) -> Event:
    found = await record_event(run, rig, frequency_step(hertz, LASTING), "active")
    await clock.sleep(LASTING - LENGTH + REST + OFF_BEAT * (hertz > HERTZ))
    return found


def _evidence(
    run: Run, result: str, rated: float, events: Sequence[Event], compared: clocks.Clocks
) -> Evidence:
    answers = [timing.answer_of(event.course, rated) for event in events]
    known = [one for one in answers if one is not None]
    steady = all(
        timing.stands(event.course, answer)
        for event, answer in zip(events, answers, strict=True)
        if answer is not None
    )
    missing = (
        *((SILENT,) if len(known) < len(events) else ()),
        *(() if steady else (RESTLESS,)),
    )
    needed = unstated(run.sample, run.contributions, (), timing.NEEDED)
    if missing:
        return run.evidence(
            {}, how=clocks.told(compared), left_out=LEFT_OUT, missing=missing, unstated=needed
        )

    def reduction(mc: MonteCarlo) -> Draws:
        return mean_time(mc, run, events, known)

    return run.evidence(
        {result: run.figure(result, reduction, "s")},
        how=(_how(known), clocks.told(compared)),
        left_out=LEFT_OUT,
        unstated=needed,
        budget=run.monte_carlo.budget(reduction, result, BUDGET_DRAWS),
    )


def mean_time(
    mc: MonteCarlo, run: Run, events: Sequence[Event], answers: Sequence[StepAnswer]
) -> Draws:
    """Draws of the mean response time in s, shape (draws + 1, 1).

    What differs from event to event beyond the reading (the phase of the controller's cycle) is
    the scatter of the single times, a t of their number less one.
    """
    times = np.array([answer.at for answer in answers])
    single = [
        timing.time_draws(mc, str(number), event.course, answer, run.contributions)
        for number, (event, answer) in enumerate(zip(events, answers, strict=True))
    ]
    scatter = mc.repeated("events", times, "scatter of the events") - float(times.mean())
    return np.mean(single, axis=0) + scatter


def _how(answers: Sequence[StepAnswer]) -> Text:
    times = [1e3 * answer.at for answer in answers]
    values = {
        "count": str(len(answers)),
        "low": f"{min(times):.1f}",
        "high": f"{max(times):.1f}",
        "window": f"{max(1e3 * abs(answer.window) for answer in answers):.2f}",
    }
    return Text(HOW, values)
