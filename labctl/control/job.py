"""`request.json` in a run's folder: what its guardian and its worker are to do.

`outcome.json` beside it is what the worker came to, for whoever started the run.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from labctl.agreement import Agreement
from labctl.errors import JournalError
from labctl.indicator import Indicator
from labctl.journal.plain import decode, encode
from labctl.requests import (
    ItemOutcome,
    RunOutcome,
    RunRequest,
    StoredRequest,
    request_of,
    stored_request,
)

FILE = "request.json"
OUTCOME = "outcome.json"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A run in a process of its own; all of it but `stored` as the agreement and the map stood.

    `resumed`: the folder holds a run that goes on, the changes `accept` being accepted.
    """

    targets: tuple[str, ...]
    items: tuple[Indicator, ...]
    agreement: Agreement
    seed: int
    stored: StoredRequest
    resumed: bool = False
    accept: tuple[str, ...] = ()

    @property
    def bench(self) -> Path | None:
        """The bench file that is named; None where each rig takes its own simulated bench."""
        return Path(self.stored.bench) if self.stored.bench else None

    def request(self, runs: Path) -> RunRequest:
        """What is to be run, in a folder of `runs`."""
        return request_of(
            self.stored,
            targets=self.targets,
            items=self.items,
            agreement=self.agreement,
            seed=self.seed,
            runs=runs,
        )


class _Came(msgspec.Struct, frozen=True):
    items: tuple[ItemOutcome, ...]
    interrupted: bool


def job_of(request: RunRequest, *, resumed: bool = False, accept: tuple[str, ...] = ()) -> Job:
    """`request` for other processes."""
    return Job(
        targets=request.targets,
        items=request.items,
        agreement=request.agreement,
        seed=request.seed,
        stored=stored_request(request),
        resumed=resumed,
        accept=accept,
    )


def write_job(folder: Path, job: Job) -> None:
    """Keep `job` in the run's `folder`; what an earlier worker came to no longer counts."""
    (folder / OUTCOME).unlink(missing_ok=True)
    _write(folder / FILE, encode(job))


def read_job(folder: Path) -> Job:
    """The job of the run in `folder`; `JournalError` where there is none."""
    try:
        return decode((folder / FILE).read_text(encoding="utf-8"), Job)
    except OSError as error:
        raise JournalError(f"{folder / FILE}: {error.strerror}") from error


def is_guarded(folder: Path) -> bool:
    """Whether the run in `folder` has, or had, a process of its own."""
    return (folder / FILE).is_file()


def write_outcome(outcome: RunOutcome) -> None:
    """Keep what a run came to in its folder."""
    _write(outcome.path / OUTCOME, encode(_Came(outcome.items, outcome.interrupted)))


def read_outcome(folder: Path) -> RunOutcome | None:
    """What the worker of the run in `folder` came to; None where it was killed."""
    path = folder / OUTCOME
    if not path.is_file():
        return None
    came = decode(path.read_text(encoding="utf-8"), _Came)
    return RunOutcome(folder.name, folder, came.items, came.interrupted)


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
