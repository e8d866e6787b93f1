"""The folder of a run: journal.db, manifest.json, log.jsonl, attachments/."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from labctl import clock
from labctl.errors import JournalError, UsageError
from labctl.platform.locks import is_locked, locked

JOURNAL, LOG, ATTACHMENTS, LOCK = "journal.db", "log.jsonl", "attachments", "lock"
TRACE = "trace"


@dataclass(frozen=True)
class RunFolder:
    """Paths in a run's folder."""

    path: Path

    @property
    def run(self) -> str:
        """The run's id, which is the folder's name."""
        return self.path.name

    @property
    def journal(self) -> Path:
        """The journal."""
        return self.path / JOURNAL

    @property
    def log(self) -> Path:
        """The log, JSON lines."""
        return self.path / LOG

    @property
    def attachments(self) -> Path:
        """The folder of attachments, each named by its SHA-256."""
        return self.path / ATTACHMENTS

    @property
    def trace(self) -> Path:
        """The folder of traced lines, a file a role."""
        return self.path / TRACE

    @property
    def is_running(self) -> bool:
        """Whether a process is writing this run."""
        return is_locked(self.path / LOCK)

    @contextmanager
    def taken(self) -> Generator[None]:
        """Nobody else writes this run inside the `with` block; `UsageError` where somebody does."""
        if not self.journal.is_file():
            raise JournalError(f"{self.path} holds no run", remedy="labctl runs lists them")
        if self.is_running:
            raise UsageError(f"{self.run} goes on", remedy="labctl watch follows it")
        with locked(self.path / LOCK):
            yield


def run_id(targets: tuple[str, ...], now: datetime) -> str:
    """`<UTC>-<target>-<hex>`, a name that every file system takes."""
    first = re.sub(r"[^A-Za-z0-9.]+", "-", targets[0] if targets else "run").strip("-.")
    more = f"+{len(targets) - 1}" if len(targets) > 1 else ""
    return f"{now:%Y%m%dT%H%M%SZ}-{first[:40]}{more}-{secrets.token_hex(3)}"


@contextmanager
def new_folder(runs: Path, targets: tuple[str, ...]) -> Generator[RunFolder]:
    """Make the folder of a new run in `runs`; it is locked inside the `with` block.

    `JournalError` where it cannot be made.
    """
    folder = RunFolder(runs / run_id(targets, clock.wall()))
    try:
        folder.attachments.mkdir(parents=True)
    except OSError as error:
        raise JournalError(
            f"the run's folder cannot be made: {error}",
            address=str(folder.path),
            remedy="choose a folder that can be written: --runs DIR or LABCTL_RUNS",
        ) from error
    with locked(folder.path / LOCK):
        yield folder


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's content, as hex."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
