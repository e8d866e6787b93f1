"""Starting a guarded run, or going on with one: its job in the folder, its guardian apart."""

from __future__ import annotations

from pathlib import Path

import msgspec

from labctl.control import place
from labctl.control.job import Job, job_of, write_job
from labctl.control.messages import Ended
from labctl.control.tether import GUARDIAN_LOG, start_guardian
from labctl.control.waiting import wait_until
from labctl.errors import LinkError, UsageError
from labctl.journal.reader import Reader
from labctl.journalled import journalled_request, refuse_done, stored_request
from labctl.platform.processes import is_alive
from labctl.runfolder import RunFolder, new_folder

BEGINNING = 60.0
"""Seconds in which a run must begin."""


def new_run(runs: Path, job: Job) -> Path:
    """Begin `job` in a new folder of `runs`, under a guardian; the folder."""
    with new_folder(runs, job.targets) as folder:
        write_job(folder.path, job)
    start_guardian(folder.path)
    return folder.path


def go_on(path: Path, accept: tuple[str, ...]) -> Job:
    """Go on with the run in the folder `path` under a guardian; its job.

    `UsageError` where the run is done or goes on, `JournalError` where there is none.
    """
    refuse_guarded(path)
    job = msgspec.structs.replace(job_in_journal(path), resumed=True, accept=accept)
    with RunFolder(path).taken():
        write_job(path, job)
        (path / place.FILE).unlink(missing_ok=True)
    start_guardian(path)
    return job


def begun(path: Path) -> Ended | None:
    """Return when the run in the folder `path` has begun; how it ended, where it has already.

    `LinkError` where its guardian does not come to that.
    """

    def ended() -> Ended | None:
        control = place.read(path)
        return None if control is None else control.ended

    if not wait_until(lambda: RunFolder(path).is_running or ended() is not None, BEGINNING):
        raise LinkError(
            f"{path.name} did not begin", remedy=f"see {GUARDIAN_LOG} and worker.log in its folder"
        )
    return ended()


def refuse_guarded(path: Path) -> None:
    """`UsageError` where the run has a guardian that has not said its last word."""
    control = place.read(path)
    if control is not None and control.ended is None and is_alive(control.process):
        raise UsageError(f"{path.name} goes on", remedy="labctl watch follows it")


def bench_in_journal(path: Path) -> Path | None:
    """The bench file that a run was begun on, from its journal; None where it named none."""
    folder = RunFolder(path)
    with Reader(folder.journal) as reader:
        named = stored_request(reader.identity(), folder).bench
    return Path(named) if named else None


def job_in_journal(path: Path) -> Job:
    """The job of a run that began, from its journal; `UsageError` where it is done."""
    folder = RunFolder(path)
    with Reader(folder.journal) as reader:
        meta, identity = reader.meta(), reader.identity()
    refuse_done(meta, folder)
    return job_of(journalled_request(meta, identity, folder))
