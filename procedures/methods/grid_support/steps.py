"""Functions shown by steps of the grid: sign, size and delay of the answer against a droop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from labctl.evidence import Contribution
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.analysis.step_answer import StepAnswer
from procedures.methods.grid_support import timing
from procedures.methods.grid_support.course import Quantity
from procedures.methods.grid_support.deciding import Mark, inside
from procedures.methods.grid_support.events import Event
from procedures.methods.grid_support.pcc import Seen, phase_draws, units_draws
from procedures.methods.trace import Trace
from rigs.power import PowerRig

LOW, HIGH = 0.8, 1.2
"""Size of an answer over that which the droop asks for: declared, since the indicators say none."""

QUICK = 1.0
"""Seconds in which an answer must have done 90 %: declared; fast frequency reserves of the Nordic
system must be there within 0.7 s to 1.3 s, by the frequency that starts them (Fingrid)."""

ALIKE = 0.8
"""Part of the settled answer that the record must show to be a record of it."""

BUDGET_DRAWS = 200
"""Draws for a budget line."""

SIZED = N_(
    "At {what}: {found} {unit}, {size} +- {expanded} of what the droop asks for (declared: {low} "
    "to {high})."
)
TIMED = N_("At {what}: 90 % of the answer after {time} ms +- {expanded} ms (declared: {most} s).")
LATE = N_("At {what}: no answer within {most} s of the event.")
SIZE_DOUBT = "a size of the answer that is surely inside or outside what is declared"
TIME_DOUBT = "a delay of the answer that is surely inside or outside what is declared"

Asked = Callable[[MonteCarlo, Event], Draws]
"""Draws of what the droop asks for in W or var."""


@dataclass(frozen=True)
class Kind:
    """What answers, in `unit`; `rated` in that unit; what the droop `asked` for; `names` an
    event."""

    what: Quantity
    unit: str
    rated: float
    asked: Asked
    names: Callable[[Event], str]


def marks_of(
    run: Run, rig: PowerRig, kind: Kind, events: Sequence[Event]
) -> tuple[list[Mark], list[Contribution]]:
    """Size and delay of the answer to each event as marks, and the budgets of both."""
    marks: list[Mark] = []
    budget: list[Contribution] = []
    for number, event in enumerate(events):
        answer = answer_draws(run.monte_carlo, run, rig, kind, event)
        for mark, lines in (
            _size(run, rig, kind, event, number, answer),
            _delay(run, kind, event, number, float(answer[0, 0])),
        ):
            marks.append(mark)
            budget += lines
    return marks, budget


def answer_draws(mc: MonteCarlo, run: Run, rig: PowerRig, kind: Kind, event: Event) -> Draws:
    """Draws of the settled answer in W or var, shape (draws + 1, 1)."""
    assert event.idle is not None and event.answered is not None
    idle, other_idle = _with_other(event.idle, kind.what)
    now, other_now = _with_other(event.answered, kind.what)
    ratio = rig.current_transformer.ratio
    leaks = ratio.value * float(other_idle.array.mean() - other_now.array.mean())
    name = f"{kind.what}/{kind.names(event)}"
    return units_draws(mc, name, idle, now, ratio) + phase_draws(mc, run.contributions, leaks)


def _with_other(seen: Seen, what: Quantity) -> tuple[Trace, Trace]:
    """Readings of `what`, and those of the other power, which leaks in by the phase."""
    return (seen.power, seen.reactive) if what == "active" else (seen.reactive, seen.power)


def _size(
    run: Run, rig: PowerRig, kind: Kind, event: Event, number: int, answer: Draws
) -> tuple[Mark, tuple[Contribution, ...]]:
    def reduction(mc: MonteCarlo) -> Draws:
        return answer_draws(mc, run, rig, kind, event) / kind.asked(mc, event)

    mc = run.monte_carlo
    found = mc.figure(answer / kind.asked(mc, event), "dimensionless")
    told = Text(
        SIZED,
        {
            "what": kind.names(event),
            "found": f"{answer[0, 0]:.0f}",
            "unit": kind.unit,
            "size": f"{found.value:.3f}",
            "expanded": f"{found.expanded:.3f}",
            "low": f"{LOW:g}",
            "high": f"{HIGH:g}",
        },
    )
    lines = mc.budget(reduction, f"size of the answer {number + 1}", BUDGET_DRAWS)
    return Mark(inside(found, LOW, HIGH), SIZE_DOUBT, told), lines


def _delay(
    run: Run, kind: Kind, event: Event, number: int, settled: float
) -> tuple[Mark, tuple[Contribution, ...]]:
    answer = timing.answer_of(event.course, kind.rated)
    if answer is None or not _shows(answer, settled):
        told = Text(LATE, {"what": kind.names(event), "most": f"{QUICK:g}"})
        return Mark(False, TIME_DOUBT, told), ()

    def reduction(mc: MonteCarlo) -> Draws:
        return timing.time_draws(mc, f"mark {number}", event.course, answer, run.contributions)

    mc = run.monte_carlo
    found = mc.figure(reduction(mc), "s")
    values = {
        "what": kind.names(event),
        "time": f"{1e3 * found.value:.1f}",
        "expanded": f"{1e3 * found.expanded:.1f}",
        "most": f"{QUICK:g}",
    }
    lines = mc.budget(reduction, f"delay of the answer {number + 1}", BUDGET_DRAWS)
    return Mark(inside(found, 0.0, QUICK), TIME_DOUBT, Text(TIMED, values)), lines


def _shows(answer: StepAnswer, settled: float) -> bool:
    """Whether the record holds the answer: as large as what was read when it had settled, so that
    one which comes after the record is not taken for a small one in time."""
    return bool(np.sign(answer.change) == np.sign(settled)) and abs(answer.change) >= ALIKE * abs(
        settled
    )
