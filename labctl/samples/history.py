"""The history of a sample: what every run of a folder did to it, and how its fingerprint moved."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from labctl import register
from labctl.errors import JournalError
from labctl.evidence import Evidence
from labctl.journal.reader import Reader
from labctl.quantity import Quantity
from labctl.register import Tested
from labctl.runfile import RunSummary, list_runs
from labctl.runfolder import RunFolder
from labctl.sample import Sample
from labctl.samples.exposures import Exposure, amounts, exposures, total_hours
from labctl.samples.fingerprint import Fingerprint, last_match
from labctl.tested import journalled

_log = logging.getLogger(__name__)


class Entry(msgspec.Struct, frozen=True):
    """One item on a sample: `run` begun at `started` (ISO 8601), number `item` in its journal.

    `outcome` is the verdict's word, "" where there is none; `simulated` is None until the
    instruments have told who they are. `amounts` are what its conditions say was run through;
    `gaps` are the seconds of each interruption.
    """

    run: str
    started: str
    item: int
    indicator: str
    sample: Sample
    outcome: str
    simulated: bool | None
    exposures: tuple[Exposure, ...]
    amounts: dict[str, Quantity]
    gaps: tuple[float, ...]
    fingerprints: tuple[Fingerprint, ...]

    @property
    def hours(self) -> float:
        """Hours of exposure."""
        return total_hours(self.exposures)


def history(runs: Path, id: str) -> tuple[Entry, ...]:
    """All items on the sample `id` in the folder `runs`, oldest first.

    A run that cannot be read is told in the log and left out.
    """
    others = _on_others(runs, id)
    found = (one for run in list_runs(runs) if run.run not in others for one in _entries(run))
    return tuple(one for one in found if one.sample.id == id)


def samples(runs: Path) -> dict[str, tuple[Entry, ...]]:
    """The histories of all samples in the folder `runs`, by id."""
    found: dict[str, tuple[Entry, ...]] = {}
    for run in list_runs(runs):
        for one in _entries(run):
            found[one.sample.id] = (*found.get(one.sample.id, ()), one)
    return found


def last_fingerprint(entries: Iterable[Entry]) -> Fingerprint | None:
    """The newest fingerprint that was the sample's, with its run in `against`."""
    for entry in reversed(tuple(entries)):
        found = last_match(entry.fingerprints)
        if found is not None:
            return msgspec.structs.replace(found, against=entry.run)
    return None


def _entries(run: RunSummary) -> Iterator[Entry]:
    try:
        with Reader(RunFolder(run.path).journal) as reader:
            for (number, *_), one in zip(reader.items(), journalled(reader), strict=True):
                sample = reader.fact(number, "sample", Sample)
                if sample is not None:
                    yield _entry(reader, run, number, sample, one)
    except JournalError as error:
        _log.warning("%s", error)


def _entry(reader: Reader, run: RunSummary, number: int, sample: Sample, known: Tested) -> Entry:
    gaps = reader.rows("SELECT seconds FROM gaps WHERE item = ? ORDER BY rowid", number)
    return Entry(
        run=run.run,
        started=run.started,
        item=number,
        indicator=known.indicator,
        sample=sample,
        outcome=known.outcome,
        simulated=known.simulated,
        exposures=exposures(reader, number),
        amounts=amounts(reader.fact(number, "evidence", Evidence)),
        gaps=tuple(seconds for (seconds,) in gaps),
        fingerprints=reader.fact(number, "fingerprint", tuple[Fingerprint, ...]) or (),
    )


def _on_others(runs: Path, id: str) -> frozenset[str]:
    """Runs of which the register says that they were on other samples alone."""
    try:
        newest = {entry.run: entry for entry in register.entries(runs)}
    except JournalError as error:
        _log.warning("%s", error)
        return frozenset()
    named = {run: {one.sample for one in entry.items} for run, entry in newest.items()}
    return frozenset(run for run, ids in named.items() if ids and not ids & {id, ""})
