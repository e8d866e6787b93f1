"""The salvage of a run, from its damaged folder into a new one."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from labctl import clock
from labctl.errors import JournalError, UsageError
from labctl.journal import witness
from labctl.journal.checking import attachment_problem
from labctl.runfolder import RunFolder
from labctl.verification import tails
from labctl.verification.salvage.copying import Kept, copy_rows
from labctl.verification.salvage.front import make_empty, openable
from labctl.verification.salvage.marks import FILE, Salvaged, TableSalvage
from labctl.verification.salvage.placing import Placed, fits, place
from labctl.verification.salvage.ranges import merged, ranges, without
from labctl.verification.salvage.voiding import void_verdicts


def take(path: Path, into: Path) -> Salvaged:
    """Write all that can be read of the run in the folder `path` into the new folder `into`.

    `UsageError` where the run goes on or `into` is there already; `JournalError` where nothing can
    be read, or nothing be written.
    """
    folder = RunFolder(path)
    if folder.is_running:
        raise UsageError(f"{folder.run} goes on", remedy="salvage it when it has ended")
    if into.exists():
        raise UsageError(f"{into} is there already", remedy="name another folder")
    if not folder.journal.is_file():
        raise JournalError(f"there is no journal {folder.journal}", remedy="nothing to salvage")
    try:
        with _damaged(folder.journal) as (source, version):
            report = _written(folder, source, version, into)
        if not any(table.read for table in report.tables.values()):
            shutil.rmtree(into)
            raise JournalError(f"no row of {folder.journal} can be read")
    except (OSError, sqlite3.Error) as error:
        raise JournalError(f"the salvage cannot be written: {error}", address=str(into)) from error
    return report


@contextmanager
def _damaged(journal: Path) -> Generator[tuple[sqlite3.Connection, int]]:
    with tempfile.TemporaryDirectory(prefix="labctl-salvage-") as scratch:
        source, version = openable(journal, Path(scratch))
        with closing(source):
            yield source, version


def _written(folder: RunFolder, source: sqlite3.Connection, version: int, into: Path) -> Salvaged:
    made = RunFolder(into)
    made.attachments.mkdir(parents=True)
    make_empty(made.journal, version)
    with closing(sqlite3.connect(made.journal, isolation_level=None)) as target:
        target.execute("BEGIN")
        kept = copy_rows(source, target, version, _most(folder))
        placed = place(target, {name: table.last for name, table in kept.items()})
        report = _report(folder, target, version, placed, kept)
        report = _with_attachments(report, folder, made, target)
        void_verdicts(target, report)
        target.execute("COMMIT")
    (into / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    if folder.log.exists():
        shutil.copyfile(folder.log, made.log)
    return report


def _most(folder: RunFolder) -> int:
    """More rows than the journal can hold, at some bytes a row."""
    log = folder.journal.with_name(f"{folder.journal.name}-wal")
    return 1 + sum(path.stat().st_size for path in (folder.journal, log) if path.exists())


def _report(
    folder: RunFolder,
    target: sqlite3.Connection,
    version: int,
    placed: Sequence[Placed],
    kept: Mapping[str, Kept],
) -> Salvaged:
    there = {one.tx: one for one in placed}
    whole = {tx for tx, one in there.items() if fits(target, version, there.get(tx - 1), one)}
    count = max([*there, *_known_outside(folder)], default=0)
    return Salvaged(
        run=folder.run,
        made=clock.wall().isoformat(timespec="seconds"),
        transactions=count,
        whole=len(whole),
        spoiled=ranges(sorted(there.keys() - whole)),
        lost=ranges([tx for tx in range(1, count + 1) if tx not in there]),
        tables=dict(_tables(kept, [there[tx] for tx in whole])),
    )


def _tables(
    kept: Mapping[str, Kept], sound: Sequence[Placed]
) -> Iterator[tuple[str, TableSalvage]]:
    """What is said of each table that had rows; `sound` are the transactions that fit."""
    for name, one in kept.items():
        if one.last:
            spans = [one.spans[name] for one in sound if one.spans and name in one.spans]
            missing = merged(one.missing)
            doubtful = without(without(((1, one.last),), merged(spans)), missing)
            yield name, TableSalvage(one.read, missing, doubtful)


def _known_outside(folder: RunFolder) -> list[int]:
    """Transactions that manifest, register and witness know of."""
    stated, _ = tails.stated(folder)
    try:
        own = tails.entries_of(folder, folder.run)
    except JournalError:
        own = []
    told = witness.told(folder.journal)
    heads = tails.known_heads(folder, stated, own)
    return [head.tx for head in heads] + ([told.tx] if told is not None else [])


def _with_attachments(
    report: Salvaged, folder: RunFolder, made: RunFolder, target: sqlite3.Connection
) -> Salvaged:
    """Copy every attachment that is what was kept."""
    names = [row[0] for row in target.execute("SELECT DISTINCT sha256 FROM attachments")]
    good = [name for name in names if not attachment_problem(folder.attachments, name)]
    for name in good:
        shutil.copyfile(folder.attachments / name, made.attachments / name)
    lost = tuple(str(name) for name in names if name not in good)
    return msgspec.structs.replace(report, attachments=tuple(good), attachments_lost=lost)
