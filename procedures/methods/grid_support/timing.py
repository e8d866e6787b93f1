"""How late an answer is: the time of one event's answer, and its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping

from labctl.quantity import Quantity
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.step_answer import Spans, StepAnswer, step_answer
from procedures.methods.contributions import unknown
from procedures.methods.grid_support.course import Course
from procedures.methods.step_record import slack

SPANS = Spans(before=(-0.16, -0.02), settled=(0.6, 0.95))
"""Parts of a record in s from the event."""

FLOOR = 0.02
"""Part of the rated power below which a change is no answer."""

STANDS = 0.03
"""Part of the answer by which the halves of the settled span may differ."""

OUTPUT, SKEW = "event_output_delay", "channel_skew"
"""Contributions that the bench states, in s: of the simulator's event output against its terminals,
and of the clamp's channel against the voltage's."""

NEEDED = (OUTPUT, SKEW)


def answer_of(course: Course, rated: float) -> StepAnswer | None:
    """The answer in one record; None where there is none of `FLOOR` of `rated` in W or var."""
    cycle = 1.0 / course.frequency
    return step_answer(course.time, course.array, cycle, SPANS, FLOOR * rated)


def stands(course: Course, answer: StepAnswer) -> bool:
    """Whether the answer had settled: the halves of its settled span agree."""
    time, power = course.time, course.array
    low, high = SPANS.settled
    middle = 0.5 * (low + high)
    first = power[(time >= low) & (time < middle)].mean()
    second = power[(time >= middle) & (time <= high)].mean()
    return bool(abs(second - first) <= STANDS * abs(answer.change))


def time_draws(
    mc: MonteCarlo,
    name: str,
    course: Course,
    answer: StepAnswer,
    contributions: Mapping[str, Quantity],
) -> Draws:
    """Draws of the response time in s of the event `name`, shape (draws + 1, 1).

    The scatter of the settled course moves the level and the crossing; half of what the window's
    second-order correction took out is taken for its limits of error; edge and crossing each lie
    between two samples.
    """
    noise = mc.normal(f"course/{name}", "noise of the course")
    scatter = abs(answer.scatter / answer.slope) * noise
    window = mc.rectangular(
        f"window/{name}", 0.5 * abs(answer.window), "second-order error of the sliding windows"
    )
    sampling = mc.rectangular(f"sampling/{name}", course.sampling, "samples of the record")
    error = slack(course.time_base, answer.at)
    base = mc.rectangular("time base", error, "oscilloscope's data sheet")
    return answer.at + scatter + window + sampling + base - delays(mc, contributions)


def delays(mc: MonteCarlo, contributions: Mapping[str, Quantity]) -> Draws:
    """Draws around 0 in s of what is common to all events, shape (draws + 1, 1): delays of output
    and clamp against what they show, both symmetric, so that their sign does not count."""
    output, skew = (unknown(mc, contributions, name, "s") for name in NEEDED)
    return output + skew
