"""The read side of a run: its folder and journal, opened read-only, also of a killed run."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from labctl import manifest
from labctl.agreement import Agreement
from labctl.errors import JournalError, UsageError
from labctl.evidence import Evidence, Instrument, Provenance, Reading
from labctl.indicator import Indicator
from labctl.journal.plain import decode, encode
from labctl.journal.reader import Reader
from labctl.journal.rows import AmendmentRow, AnswerRow
from labctl.journal.superseded import amendments, answers
from labctl.runfolder import RunFolder, file_sha256
from labctl.sample import Sample
from labctl.samples.fingerprint import Fingerprint
from labctl.verdict import Verdict

_log = logging.getLogger(__name__)

State = Literal["done", "interrupted", "running"]


@dataclass(frozen=True)
class RunSummary:
    """One line of `labctl runs`; `started` is wall-clock UTC in ISO 8601."""

    run: str
    path: Path
    started: str
    state: State
    targets: tuple[str, ...]


@dataclass(frozen=True)
class StepRecord:
    """A step as it was begun: `result` as JSON, None where it was abandoned; times in run s."""

    name: str
    attempt: int
    result: str | None
    begun: float
    finished: float | None


@dataclass(frozen=True)
class EventRecord:
    """Something that happened at run time `t` in s, Unix time `utc` in s."""

    t: float
    utc: float
    kind: str
    text: str


@dataclass(frozen=True)
class GapRecord:
    """An interruption of `seconds` that ended at Unix time `utc` in s; `state` is how the bench was
    left, `exposed` whether an exposure was under way."""

    utc: float
    seconds: float
    exposed: bool
    state: str


@dataclass(frozen=True)
class ItemRecord:
    """One item as the journal holds it; what it did not come to is None.

    `verdicts` are all that were given, `verdict` is the one that stands: None where a step of the
    item is to be done again.
    """

    id: str
    indicator: Indicator
    procedure: str
    sample: Sample | None
    evidence: Evidence | None
    provenance: Provenance | None
    verdict: Verdict | None
    error: dict[str, str] | None
    instruments: tuple[Instrument, ...]
    channels: tuple[str, ...]
    steps: tuple[StepRecord, ...]
    events: tuple[EventRecord, ...]
    answers: tuple[AnswerRow, ...] = ()
    amendments: tuple[AmendmentRow, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    gaps: tuple[GapRecord, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()


@dataclass(frozen=True)
class RunRecord:
    """A run as its journal holds it; times are wall-clock UTC in ISO 8601.

    `ended_utc` is "" for a run that goes on or was killed. `meta` is plain data about the whole
    run: versions of packages, hashes of code.
    """

    id: str
    path: Path
    started_utc: str
    ended_utc: str
    state: State
    targets: tuple[str, ...]
    seed: int
    agreement: Agreement
    items: tuple[ItemRecord, ...]
    meta: dict[str, Any]

    def item(self, item_id: str) -> ItemRecord:
        """The item `item_id`; `UsageError` where the run has none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise UsageError(
            f"run {self.id} has no item {item_id!r}",
            remedy=f"it has {', '.join(item.id for item in self.items) or 'none'}",
        )

    def readings(self, item_id: str, channel: str) -> list[Reading]:
        """Readings of an item's channel, in the order in which they were recorded."""
        return list(self.each(item_id, channel))

    def each(self, item_id: str, channel: str) -> Iterator[Reading]:
        """The same one after the other, for channels that are too long to be held."""
        number = 1 + self.items.index(self.item(item_id))
        with Reader(RunFolder(self.path).journal) as reader:
            yield from reader.each(number, channel)

    def attachment(self, sha256: str) -> bytes:
        """Content of an attachment; `JournalError` where it is missing or was changed."""
        path = RunFolder(self.path).attachments / sha256
        if not path.is_file():
            raise JournalError(f"attachment {sha256} is missing", address=str(path))
        if file_sha256(path) != sha256:
            raise JournalError(f"attachment {sha256} was changed", address=str(path))
        return path.read_bytes()


def open_run(path: Path) -> RunRecord:
    """The run in the folder `path`, also one that goes on or was killed; `JournalError` if none."""
    folder = RunFolder(path)
    with Reader(folder.journal) as reader:
        identity, meta = reader.identity(), reader.meta()
        return RunRecord(
            id=identity.get("run", path.name),
            path=path,
            started_utc=identity.get("started", ""),
            ended_utc=identity.get("ended", ""),
            state=_state(meta.get("state", "running"), folder),
            targets=tuple(meta.get("targets", ())),
            seed=meta.get("seed", 0),
            agreement=decode(encode(meta.get("agreement", {})), Agreement),
            items=tuple(_item(reader, *row[:4]) for row in reader.items()),
            meta=meta,
        )


def list_runs(runs: Path) -> list[RunSummary]:
    """All runs in the folder `runs`, oldest first; other folders there are passed over.

    A run whose manifest cannot be read is told in the log and left out; `labctl verify` tells more.
    """
    folders = [file.parent for file in runs.glob(f"*/{manifest.FILE}")]
    found = [run for run in map(_summary_or_none, folders) if run is not None]
    return sorted(found, key=lambda run: (run.started, run.run))


def summary_of(path: Path) -> RunSummary:
    """The run in the folder `path` at a glance; `JournalError` where its manifest is unreadable."""
    known = manifest.read(path)
    state = _state(known.state, RunFolder(path))
    return RunSummary(known.run, path, known.started, state, known.targets)


def _summary_or_none(path: Path) -> RunSummary | None:
    try:
        return summary_of(path)
    except JournalError as error:
        _log.warning("%s", error)
        return None


def _state(stated: State, folder: RunFolder) -> State:
    """A run that says it goes on, and that nobody writes, was killed."""
    if stated == "running" and not folder.is_running:
        return "interrupted"
    return stated


def _item(reader: Reader, number: int, id: str, text: str, procedure: str) -> ItemRecord:
    return ItemRecord(
        id=id,
        indicator=decode(text, Indicator),
        procedure=procedure,
        sample=reader.fact(number, "sample", Sample),
        evidence=reader.fact(number, "evidence", Evidence),
        provenance=reader.fact(number, "provenance", Provenance),
        verdict=reader.fact(number, "verdict", Verdict),
        error=reader.fact(number, "error", dict[str, str]),
        instruments=reader.instruments(number),
        channels=reader.channels(number),
        steps=tuple(StepRecord(*row) for row in reader.steps(number)),
        events=tuple(EventRecord(*row) for row in reader.events(number)),
        answers=answers(reader, number),
        amendments=amendments(reader, number),
        verdicts=reader.facts(number, "verdict", Verdict),
        gaps=_gaps(reader, number),
        fingerprints=reader.fact(number, "fingerprint", tuple[Fingerprint, ...]) or (),
    )


def _gaps(reader: Reader, number: int) -> tuple[GapRecord, ...]:
    if reader.version < 2:
        return ()
    sql = "SELECT utc, seconds, exposed, state FROM gaps WHERE item = ? ORDER BY rowid"
    rows = reader.rows(sql, number)
    return tuple(
        GapRecord(utc, length, bool(exposed), state) for utc, length, exposed, state in rows
    )
