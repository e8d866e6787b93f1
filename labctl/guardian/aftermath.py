"""After a worker that did not leave its bench in good order: the bench made safe, all of it told.

The instruments come first. What happened is written into the journal, whose writer is dead, when
they are safe or given up.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from labctl import clock
from labctl.afterword import note
from labctl.control.job import read_outcome
from labctl.control.messages import Ended
from labctl.desk import Notice
from labctl.errors import LabError
from labctl.guardian.guard import Guard
from labctl.guardian.rescues import Rescues, are_safe, told
from labctl.guardian.ward import Ward

_log = logging.getLogger(__name__)


async def conclude(path: Path, guard: Guard, ward: Ward, rescues: Rescues) -> Ended:
    """How the run in the folder `path` ended; its bench is safe, or people know that it is not."""
    left = guard.left
    if left is not None and left.safe:
        guard.send(_farewell(path))
        return Ended(error=left.error, exit_code=left.exit_code)
    how = "" if left is not None else f"the worker {ward.told()}: {guard.why}".rstrip(": ")
    ended_at = clock.now()
    guard.bulletin.turn("rescuing")
    # Instruments that another run has taken are its own to make safe.
    reports = () if guard.is_ousted else await rescues.safe()
    rescue, safe = told(reports), are_safe(reports)
    _log.info("%s; %.3f s after its end: %s", how, clock.now() - ended_at, rescue)
    await asyncio.to_thread(_write_down, path, how, rescue)
    guard.send(_notice(how, rescue))
    error, code = (None, 0) if left is None else (left.error, left.exit_code)
    return Ended(how, safe, rescue, error, code)


def _write_down(path: Path, how: str, rescue: str) -> None:
    events = [("worker", how), ("rescue", rescue)]
    try:
        note(path, [(kind, text) for kind, text in events if text], close=bool(how))
    except LabError as error:
        # The bench is safe, or people are told: a journal that cannot be written changes neither.
        _log.error("%s", error)


def _notice(how: str, rescue: str) -> Notice:
    text = "; ".join(part for part in (how, rescue) if part)
    return Notice("error", text, utc=clock.wall().timestamp())


def _farewell(path: Path) -> Notice:
    """What the run came to, for people who do not watch it."""
    outcome = read_outcome(path)
    items = () if outcome is None else outcome.items
    text = ", ".join(f"{item.id}: {item.verdict.outcome}" for item in items)
    if outcome is None or outcome.interrupted:
        text = f"interrupted; {text}".rstrip("; ")
    return Notice("ended", text, utc=clock.wall().timestamp())
