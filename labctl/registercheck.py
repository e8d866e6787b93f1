"""What is wrong with the register of runs itself: lines changed, removed, cut off, numbered anew.

The chain of hashes finds a line that was changed or taken out of the middle. That none is missing
at the end is known from `register.head` beside it, and from the manifests of closed runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from labctl import manifest, register
from labctl.errors import JournalError
from labctl.register import Entry
from labctl.runfolder import RunFolder

ENDS = ("done", "interrupted", "authorised")
"""Events after which the journal of a run is closed."""


def problems(runs: Path) -> list[str]:
    """What is wrong with the register of the folder `runs`, a sentence each; none where it is
    whole, or where there is no register at all."""
    if not (runs / register.FILE).exists():
        last = register.known_last(runs)
        return [] if last is None else [f"the register of runs is gone; it had {last.number} lines"]
    try:
        known = register.entries(runs)
    except JournalError as error:
        return [error.message, *_cut(runs)]
    return [*_cut(runs), *_misnumbered(known), *_unended(runs, known)]


def _cut(runs: Path) -> Iterator[str]:
    """Lines that `register.head` knows and that are not there."""
    last = register.known_last(runs)
    if last is None:
        return
    hashes = register.line_hashes(runs)
    if len(hashes) < last.number:
        lost = last.number - len(hashes)
        yield f"the register of runs had {last.number} lines: the last {lost} were cut off"
    elif hashes[last.number - 1] != last.sha256:
        yield f"the register of runs, line {last.number}: not the line that was written"


def _misnumbered(known: list[Entry]) -> Iterator[str]:
    """Numbers go up by at least 1; a torn line takes a number too."""
    before = 0
    for entry in known:
        if entry.number and entry.number <= before:
            yield f"the register of runs: number {entry.number} comes after number {before}"
        if not entry.number and before:
            yield f"the register of runs: the entry of {entry.run} after number {before} has none"
        before = max(before, entry.number)


def _unended(runs: Path, known: list[Entry]) -> Iterator[str]:
    """Runs whose manifest says that they ended and whose last entry does not."""
    last = {entry.run: entry.event for entry in known}
    for file in sorted(runs.glob(f"*/{manifest.FILE}")):
        event = last.get(file.parent.name)
        if event is not None and event not in ENDS and _ended(file.parent):
            yield f"the register of runs lacks the end of {file.parent.name}"


def _ended(folder: Path) -> bool:
    try:
        return manifest.read(folder).state != "running" and not RunFolder(folder).is_running
    except JournalError:
        return False  # the run's own report says so
