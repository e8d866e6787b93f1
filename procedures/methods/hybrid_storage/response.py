"""How fast a station answers a step of its power set point, by one oscilloscope record."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from drivers.roles.arrays import ReadingArray
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.analysis.cycle_power import spacing
from procedures.analysis.step_answer import SHARE, Spans, StepAnswer, step_answer
from procedures.analysis.step_crossing import Crossing, crossing, mean_amplitude
from procedures.methods.contributions import unknown
from procedures.methods.hybrid_storage.peak import half_full
from procedures.methods.hybrid_storage.plant import Plant, plant_on
from procedures.methods.hybrid_storage.record import (
    Record,
    course_of,
    current_of,
    cycle_of,
    read_record,
    thinned,
)
from procedures.methods.hybrid_storage.working import ready
from procedures.methods.one_figure import BUDGET_DRAWS
from procedures.methods.repeats import mean_of
from procedures.methods.step_record import BEFORE, LENGTH, set_up, slack
from rigs.hybrid import HybridRig
from rigs.scope_channels import CLAMP, MARKER

STEP = 0.5
"""Part of the rated power that is commanded, from rest; our choice, none is stated."""

STEPS = 5
"""Steps, so that the phase of the controller's own cycle averages out."""

CALM = 30.0
"""Seconds at rest before each step."""

SPANS = Spans(before=(-0.15, -0.03), settled=(0.7, 0.95))
"""Parts of the record in s from the command, whole cycles of the grid."""

DELAYS = ("command_marker_delay", "channel_skew")
"""Contributions of the bench: delays of the marker's output against the command's acceptance, and
of the current's channel against the voltage's, in s."""

HOW = N_(
    "Five steps from rest to half of the rated power at about half charge. Voltage, current and "
    "the controller's command marker in one record of an oscilloscope, so that one time base "
    "tells the time. It runs from the marker to 90 % of the way to the settled active current of "
    "one phase, whose amplitude about each moment is a parabola fitted within 0.35 cycles of the "
    "grid; mean of the steps."
)
CLOCKS = N_(
    "The controller's clock was {skew} ms from the host's (known to {doubt} ms); no time is taken "
    "across them."
)
LEFT_OUT: tuple[Words, ...] = (
    N_("definition of the end point: another share of the way than 90 % gives another time"),
    N_("time from the sending of a command to its acceptance, which is the network's"),
    N_("phases 2 and 3, taken to answer as phase 1 does"),
)


class Answer(msgspec.Struct, frozen=True):
    """One step: seconds `at` which 90 % were done, which hang on the width of the window by
    `window` s; `interval` between two samples and `slack` of the time base over the answer, both in
    s; change of power in W; `skew` of the controller's clock and its `doubt` in s."""

    at: float
    window: float
    interval: float
    slack: float
    change: float
    skew: float
    doubt: float


async def response_time(run: Run, rig: HybridRig, result: str) -> Evidence:
    """Evidence for `result`: response time in s."""
    plant = plant_on(run, rig)
    power = STEP * plant.rated_power

    async def one(index: int, _: Answer | None) -> Answer:
        return await _step(run, rig, power, index + 1)

    async with run.scope("response", lambda: _ready(rig, plant, power)):
        await run.step("half-full", lambda: half_full(rig, plant), type(None))
        answers = await run.cycles("steps", STEPS, one, Answer)

    def figure(mc: MonteCarlo) -> Draws:
        return mean_of(mc, [_drawn(mc, one) for one in answers], "steps") + _late(mc, run)

    return run.evidence(
        {result: run.figure(result, figure, "s")},
        how=(HOW, _clocks(answers)),
        left_out=LEFT_OUT,
        unstated=plant.unstated(bench=DELAYS),
        budget=run.monte_carlo.budget(figure, result, BUDGET_DRAWS),
    )


async def _ready(rig: HybridRig, plant: Plant, power: float) -> None:
    """The station at work and the oscilloscope set up for a step to `power` in W."""
    await ready(rig, plant, power)
    amperes = plant.secondary(power) * plant.transformer.ratio.value
    await set_up(rig.scope, MARKER, 2.0 * 1.6 * amperes * CLAMP)


async def _step(run: Run, rig: HybridRig, power: float, number: int) -> Answer:
    await clock.sleep(CALM)
    await rig.scope.arm()
    await clock.sleep(2.0 * BEFORE)
    taken = (await rig.site.set_power(power)).taken
    await rig.scope.wait(timeout=10.0 * LENGTH)
    record = await read_record(rig)
    await rig.site.set_power(0.0)
    time, course = course_of(record)
    answer = step_answer(time, course, cycle_of(record), SPANS, 0.2 * power)
    if answer is None:
        raise InstrumentError(
            "the station did not answer the step",
            address=rig.site.address,
            command=f"{power:g} W",
            answer=f"changed by less than {0.2 * power:g} W",
            remedy="see whether it is running, and the channels of the oscilloscope",
        )
    await run.record(f"step-{number}/power", *thinned(record.time, course))
    return _answer(answer, _passed(record, answer), record.time, taken.skew, taken.doubt)


def _passed(record: Record, answer: StepAnswer) -> Crossing:
    """When 90 % were done, near where the sliding cycle has them."""
    current = current_of(record)
    before, settled = (mean_amplitude(current, span) for span in (SPANS.before, SPANS.settled))
    try:
        return crossing(current, (before, settled), SHARE, answer.at)
    except ValueError as error:
        raise InstrumentError(
            "the current did not follow the step as the power did",
            address=record.time.address,
            answer=str(error),
            remedy="see whether voltage and current are those of one phase",
        ) from error


def _answer(
    found: StepAnswer, passed: Crossing, time: ReadingArray, skew: float, doubt: float
) -> Answer:
    error = slack(time.accuracy, passed.at)
    interval = spacing(time.values)
    return Answer(passed.at, passed.doubt, interval, error, found.change, skew, doubt)


def _drawn(mc: MonteCarlo, seen: Answer) -> Draws:
    """Draws of one response time in s, shape (draws + 1,)."""
    number = f"{seen.at!r}"
    sampling = mc.rectangular(f"sampling/{number}", 0.5 * seen.interval, "one sample of the record")
    window = mc.rectangular(f"window/{number}", seen.window, "width of the window of the fit")
    base = mc.rectangular("time base", seen.slack, "oscilloscope's time base by its sheet")
    return (seen.at + sampling + window + base)[:, 0]


def _late(mc: MonteCarlo, run: Run) -> Draws:
    """Draws around 0 of how late the marker comes, and how early the current, in s: what is seen is
    shorter by so much."""
    marker, skew = (unknown(mc, run.contributions, name, "s") for name in DELAYS)
    return (marker + skew)[:, 0]


def _clocks(answers: Sequence[Answer]) -> Text:
    worst = max(answers, key=lambda one: abs(one.skew))
    return Text(CLOCKS, {"skew": f"{1e3 * worst.skew:.1f}", "doubt": f"{1e3 * worst.doubt:.1f}"})
