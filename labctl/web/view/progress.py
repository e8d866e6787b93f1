"""How far a run is, and how long it may still take."""

from __future__ import annotations

from dataclasses import dataclass

from labctl.i18n import N_, _
from labctl.report.wording import duration
from labctl.requests import Progress
from labctl.web.view.standing import Standing

SURE = 0.02
"""Share of an item from which on its pace says something of its end."""

PHASES = {
    "preparing": N_("preparing"),
    "running": N_("running"),
    "aborting": N_("aborting"),
    "rescuing": N_("the bench is being made safe"),
    "ended": N_("ended"),
}
"""What a guardian calls where a run is."""


@dataclass(frozen=True)
class ProgressView:
    """`percent` of the item, what is done now, about how long the item still takes, "" where that
    cannot be told; `held` says why the run waits, `phase` where it is."""

    percent: float
    place: str
    doing: str
    left: str
    held: str
    phase: str


def progress_view(stands: Standing, told: Progress | None, phase: str) -> ProgressView | None:
    """How far the run is, as its guardian `told`; None where no guardian tells."""
    if told is None:
        return None
    left = seconds_left(told.done, told.t - stands.begun)
    place = _("item {number} of {count}: {id}")
    return ProgressView(
        percent=round(100 * min(max(told.done, 0.0), 1.0), 1),
        place=place.format(number=told.index + 1, count=told.count, id=told.item),
        doing=_(told.text),
        left="" if left is None else duration(left),
        held="" if told.state == "running" else told.state,
        phase=_(PHASES.get(phase, phase)),
    )


def seconds_left(done: float, passed: float) -> float | None:
    """Seconds that an item still takes at the pace so far, `done` (0..1) in `passed` s; None where
    it has hardly begun."""
    if done < SURE or passed <= 0.0:
        return None
    return passed * (1.0 - min(done, 1.0)) / done
