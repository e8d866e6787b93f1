"""Where notices come from that no order and no interlock makes: pure functions.

Each gives the sentence that people are told, or None; times and sizes are arguments.
"""

from __future__ import annotations

from datetime import date

from labctl.i18n import N_
from labctl.words import Text

GIGABYTE = 1e9
SOON = 14
"""Days before the end of a calibration at which it is told."""

DISK = N_("{free} GB are free where the run is kept; {need} GB are needed.")
ENDED = N_("The calibration of {of} ended on {due}.")
ENDS = N_("The calibration of {of} ends on {due}.")


def still_needed(size: float, done: float) -> float:
    """Bytes that a run may still write that wrote `size` bytes for the part `done` (0..1) of it.

    Nothing is known of a run that has just begun.
    """
    return size * (1.0 - done) / done if done > 0.0 else 0.0


def short_disk(free: float, needed: float, least: float) -> Text | None:
    """What to say of `free` bytes where `needed` bytes are still to come; all in bytes.

    At least `least` must stay free, and half as much again as is needed, which is an estimate.
    """
    wanted = max(least, least + 1.5 * needed if needed else least)
    if free >= wanted:
        return None
    return Text(DISK, {"free": f"{free / GIGABYTE:.2f}", "need": f"{wanted / GIGABYTE:.2f}"})


def calibration(of: str, due: date, today: date) -> Text | None:
    """What to say of a calibration whose last day is `due`; None where that is far away."""
    if today > due:
        return Text(ENDED, {"of": of, "due": due.isoformat()})
    if (due - today).days <= SOON:
        return Text(ENDS, {"of": of, "due": due.isoformat()})
    return None
