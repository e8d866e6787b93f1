"""Going on with a run that was interrupted: by Ctrl-C, a killed process, a power cut.

What its journal holds of an item that came to a verdict stands. The item that was under way goes
on behind its last committed step or part of an exposure, the others are done as they would have
been.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from labctl import clock
from labctl.changes import Change, changes, check_accepted, together
from labctl.desk import Desk
from labctl.discovery import procedure_for
from labctl.engine import Plan, Resolve, carry_out
from labctl.errors import UsageError
from labctl.journal.leaving import SAFE, how_left
from labctl.journal.reader import Reader
from labctl.journal.standing import last_moment, last_sign, standing
from labctl.journalled import journalled_outcome, journalled_request, refuse_bare, refuse_done
from labctl.landing import Landing
from labctl.provenance import package_versions
from labctl.record import RunRecorder, code_hashes
from labctl.requests import (
    ItemOutcome,
    Progress,
    RunOutcome,
    RunRequest,
)
from labctl.runfolder import RunFolder
from labctl.verdict import Verdict
from labctl.verification.tails import lost


@dataclass(frozen=True)
class ResumeRequest:
    """What is to be gone on with: the run in the folder `path`.

    `accept` names changes of code and packages that are accepted. `outage` is how long the bench
    of a run in virtual time was without labctl, in s; a run in real time reads it off the clock.
    """

    path: Path
    accept: tuple[str, ...] = ()
    outage: float = 0.0
    on_progress: Callable[[Progress], None] | None = None
    desk: Desk | None = None


@dataclass(frozen=True)
class _Interrupted:
    """A run as its journal holds it, ready to go on."""

    request: RunRequest
    started: str
    plan: Plan


def resume(asked: ResumeRequest, resolve: Resolve = procedure_for) -> RunOutcome:
    """Go on with a run; its outcome has the verdicts of all its items.

    `UsageError` where the run is done, goes on elsewhere, or something changed that is not
    accepted; `JournalError` where the folder holds no run that can be gone on with.
    """
    folder = RunFolder(asked.path)
    with folder.taken():
        found = _interrupted(folder, asked)
        recorder = RunRecorder(folder, found.request, found.started)
        return carry_out(folder, found.request, recorder, resolve, found.plan)


def _interrupted(folder: RunFolder, asked: ResumeRequest) -> _Interrupted:
    with Reader(folder.journal) as reader:
        meta, identity = reader.meta(), reader.identity()
        refuse_done(meta, folder)
        refuse_bare(meta, folder)
        request = journalled_request(meta, identity, folder)
        found = (*changes(meta, code_hashes(), package_versions()), *lost(folder))
        found = check_accepted(found, asked.accept)
        request = replace(request, on_progress=asked.on_progress, desk=asked.desk)
        before = msgspec.convert(meta.get("accepted", []), list[Change])
        changed = together(before, found)
        plan = replace(_plan(reader, request, asked.outage), changed=changed, resumed=True)
    return _Interrupted(request, identity["started"], plan)


def _plan(reader: Reader, request: RunRequest, outage: float) -> Plan:
    """Items done, where the one under way goes on, and the run time at which the loop starts."""
    if outage and not request.virtual:
        raise UsageError("a run in real time knows its own outage", remedy="leave it out")
    items = list(reader.rows("SELECT id, indicator, t FROM items ORDER BY rowid"))
    (t, utc), alive = last_moment(reader), last_sign(reader)
    start = t if request.virtual else t + max(0.0, clock.wall().timestamp() - utc)
    real = not request.virtual
    state = how_left(reader, t) if real else SAFE

    def known(number: int, name: str) -> ItemOutcome | Landing:
        done = _outcome(reader, number, name)
        return done or Landing(number, standing(reader, number), alive, outage, state, real=real)

    begun = tuple(known(number, name) for number, name, _ in items)
    for one, (_, _, began) in zip(begun, items, strict=True):
        if isinstance(one, Landing):
            first = began + outage if request.virtual else start
            return Plan(begun, first if one.start is None else one.start)
    return Plan(begun, start)


def _outcome(reader: Reader, number: int, name: str) -> ItemOutcome | None:
    """What an item came to; None where it was interrupted."""
    verdict = reader.fact(number, "verdict", Verdict)
    return journalled_outcome(name, verdict, reader.fact(number, "error", dict[str, str]))
