"""Guarded runs on the command line: started in processes of their own, followed to their end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from labctl.cli.failure import INTERRUPTED
from labctl.cli.perform import finish
from labctl.cli.streams import note, say, say_json
from labctl.errors import (
    BenchError,
    Defect,
    InstrumentError,
    InterlockError,
    JournalError,
    LabError,
    LimitRefused,
    LinkError,
    OperatorError,
    UnitError,
    UsageError,
)
from labctl.i18n import _

if TYPE_CHECKING:
    from labctl.control.job import Job
    from labctl.control.messages import Ended
    from labctl.requests import RunOutcome, RunRequest

_KINDS = (
    LabError,
    UsageError,
    BenchError,
    LinkError,
    InstrumentError,
    LimitRefused,
    InterlockError,
    UnitError,
    OperatorError,
    JournalError,
    Defect,
)
"""The errors that another process may report."""


def perform_guarded(request: RunRequest, as_json: bool, *, detach: bool) -> int:
    """Run `request` under a guardian; returns the exit code. With `detach` it is only started."""
    from labctl.control.job import job_of
    from labctl.control.launch import new_run

    job = job_of(request)
    folder = new_run(request.runs, job)
    return _launched(folder, as_json) if detach else follow(folder, job, as_json)


def resume_guarded(folder: Path, accept: tuple[str, ...], as_json: bool, *, detach: bool) -> int:
    """Go on with the run in `folder` under a guardian; returns the exit code."""
    from labctl.control.launch import go_on

    job = go_on(folder, accept)
    return _launched(folder, as_json) if detach else follow(folder, job, as_json)


def follow(folder: Path, job: Job, as_json: bool, *, owner: bool = True) -> int:
    """Follow the run of `job` to its end and tell what it came to; returns the exit code.

    Ctrl-C of its `owner` aborts the run; anybody else only leaves, as a closed terminal does.
    """
    from labctl import clock
    from labctl.asking.lines import somebody_there, standard_lines
    from labctl.asking.terminal import Terminal
    from labctl.cli.following import Follower
    from labctl.cli.perform import user
    from labctl.cli.progress import shown

    who = user()
    person = Terminal((job.stored.operator if owner else "") or who)
    with shown(quiet=as_json) as show:
        follower = Follower(folder, who, show, person, owner=owner)
        if somebody_there():
            standard_lines().listen(follower.typed)
            note(_("type pause, continue, abort or safe"))
        ended = clock.run(follower.follow(), virtual=False)
    if follower.is_detached:
        note(_("left; the run goes on: labctl watch {run}").format(run=folder.name))
        return INTERRUPTED
    return told(folder, job, ended, as_json)


def told(folder: Path, job: Job, ended: Ended | None, as_json: bool) -> int:
    """Tell how the run in `folder` ended and what it came to; returns the exit code."""
    if ended is None:
        note(_("its guardian is lost: labctl recover makes the bench safe"))
    else:
        _tell_end(ended)
    return finish(job.items, outcome_of(folder), as_json)


def _tell_end(ended: Ended) -> None:
    """What is to be said before the verdicts; the error of a run that could not be carried out."""
    if ended.error is not None:
        raise as_error(ended.error)
    for text in (ended.how, ended.rescue):
        if text:
            note(text)


def as_error(row: dict[str, str]) -> LabError:
    """The error that another process reported as `LabError.as_dict` gives it."""
    kinds = {known.kind: known for known in _KINDS}
    found = kinds.get(row["kind"], Defect)
    rest = {key: row.get(key, "") for key in ("address", "command", "answer", "remedy")}
    return found(row["message"], **rest)


def outcome_of(folder: Path) -> RunOutcome:
    """What the worker came to; where it was killed, what its journal holds."""
    from labctl.control.job import read_outcome
    from labctl.journalled import journalled_outcome
    from labctl.requests import RunOutcome
    from labctl.runfile import open_run

    found = read_outcome(folder)
    if found is not None:
        return found
    run = open_run(folder)
    known = (journalled_outcome(item.id, item.verdict, item.error) for item in run.items)
    items = [item for item in known if item is not None]
    return RunOutcome(run.id, folder, tuple(items), run.state != "done")


def _launched(folder: Path, as_json: bool) -> int:
    """Say which run was started, once it has begun."""
    from labctl.control.launch import begun

    ended = begun(folder)
    if ended is not None and ended.error is not None:
        raise as_error(ended.error)
    if as_json:
        say_json({"run": folder.name, "path": str(folder), "verdicts": []})
    else:
        say(folder.name)
        note(_("labctl watch {run} follows it").format(run=folder.name))
    return 0
