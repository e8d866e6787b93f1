"""The process that carries out a guarded run: `python -m labctl.worker RUN_FOLDER`.

Its guardian starts it, and makes the bench safe when it ends in any other way than this.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from pathlib import Path

from labctl.control.job import Job, read_job, write_outcome
from labctl.control.messages import Left
from labctl.control.remote_desk import RemoteDesk
from labctl.discovery import procedure_for
from labctl.engine import Plan, carry_out
from labctl.errors import LabError
from labctl.failures import as_lab_error, reported
from labctl.guardian.rescues import load
from labctl.journal.reader import Reader
from labctl.logs import to_stderr
from labctl.platform.locks import locked
from labctl.record import RunRecorder
from labctl.requests import RunOutcome
from labctl.resume import ResumeRequest, resume
from labctl.runfolder import LOCK, RunFolder
from labctl.units import convert

_log = logging.getLogger(__name__)


def main(path: Path) -> int:
    """Carry out the run in the folder `path`; returns the exit code."""
    desk = RemoteDesk(path)
    desk.open()
    left = Left(safe=False)
    try:
        left = _left(path, desk)
    except LabError as error:
        left = _failed(error, desk)
    except Exception as error:
        left = _failed(as_lab_error(error, path.name), desk)
    finally:
        desk.close(left)
    return left.exit_code


def _left(path: Path, desk: RemoteDesk) -> Left:
    job, before = read_job(path), _failures(path)
    _preload(job)
    outcome = _perform(job, path, desk)
    write_outcome(outcome)
    return Left(safe=_failures(path) == before)


def _preload(job: Job) -> None:
    """Imports that take seconds are no hang: they are over before the event loop begins."""
    load(job)  # procedures, drivers and the libraries of their lines, as the guardian has them
    convert(1.0, "h", "s")  # the units


def _perform(job: Job, path: Path, desk: RemoteDesk) -> RunOutcome:
    if job.resumed:
        return resume(ResumeRequest(path, job.accept, desk=desk))
    folder, request = RunFolder(path), replace(job.request(path.parent), desk=desk)
    with locked(path / LOCK):
        return carry_out(folder, request, RunRecorder(folder, request), procedure_for, Plan())


def _failed(error: LabError, desk: RemoteDesk) -> Left:
    """What ended the run as a whole; before it attended to anything, no bench was touched."""
    _log.error("%s", error)
    return Left(not desk.attended, reported(error), error.exit_code)


def _failures(path: Path) -> int:
    """How often a bench of the run could not be left in order."""
    journal = RunFolder(path).journal
    if not journal.is_file():
        return 0
    with Reader(journal) as reader:
        [(count,)] = reader.rows("SELECT count(*) FROM events WHERE kind = 'not safe'")
    return count


if __name__ == "__main__":
    to_stderr(logging.INFO)
    sys.exit(main(Path(sys.argv[1])))
