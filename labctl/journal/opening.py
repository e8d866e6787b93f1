"""Opening a journal to write: a new one, or one whose writer has ended."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from labctl.errors import JournalError
from labctl.evidence import Accuracy
from labctl.journal.chain import GENESIS, Link, last_link
from labctl.journal.plain import decode
from labctl.journal.reader import Reader
from labctl.journal.schema import SCHEMA_VERSION, create

LOCK_SECONDS = 30.0
"""Seconds that a commit waits for another program's lock on the file."""

ChannelKey = tuple[int, str, str, str, str]
"""Item, name, unit, address and serial number of a channel."""


ANEW = "run the item anew"
"""The remedy where a run cannot be gone on with."""


@dataclass(frozen=True)
class Standing:
    """What a writer must know of the rows that are there: numbers given and names known.

    `last` is the number of the last item and of the last attempt, `readings` how many there are.
    """

    link: Link
    last: dict[str, int]
    readings: int
    benches: frozenset[str]
    channels: dict[ChannelKey, int]
    accuracies: dict[Accuracy, int]


EMPTY = Standing(GENESIS, {"items": 0, "attempts": 0}, 0, frozenset(), {}, {})


def new(path: Path) -> sqlite3.Connection:
    """A new journal; `JournalError` where there is one already, or none can be made."""
    if path.exists():
        raise JournalError(f"{path} is there already", remedy="a run has a folder of its own")
    try:
        connection = _connect(path)
        create(connection)
    except sqlite3.Error as error:
        raise JournalError(
            f"the journal cannot be made: {error}",
            address=str(path),
            remedy="choose a folder that can be written: --runs DIR",
        ) from error
    return connection


def existing(path: Path) -> sqlite3.Connection:
    """The journal `path` to go on with; `JournalError` where it is none that can be.

    What a killed writer had begun and not committed is gone; SQLite sees to that.
    """
    # Looked at read-only: to open it for writing changes the file, also of one that is refused.
    with Reader(path) as reader:
        if "salvage" in reader.meta():
            raise JournalError(f"{path} is a salvage, which is not gone on with", remedy=ANEW)
        if reader.version != SCHEMA_VERSION:
            raise JournalError(
                f"{path} has schema version {reader.version}, which this labctl reads and does "
                "not write",
                remedy=f"finish it with the labctl that began it, or {ANEW}",
            )
    try:
        return _connect(path)
    except sqlite3.Error as error:
        raise JournalError(f"{path} cannot be gone on with: {error}", address=str(path)) from error


def standing(connection: sqlite3.Connection) -> Standing:
    """What the journal on `connection` holds."""
    channels = connection.execute("SELECT id, item, name, unit, address, serial FROM channels")
    accuracies = connection.execute("SELECT id, value FROM accuracies")
    return Standing(
        link=last_link(connection),
        last={"items": _last(connection, "items"), "attempts": _last(connection, "attempts")},
        readings=connection.execute("SELECT coalesce(max(rowid), 0) FROM readings").fetchone()[0],
        benches=frozenset(row[0] for row in connection.execute("SELECT sha256 FROM benches")),
        channels={tuple(key): number for number, *key in channels},  # type: ignore[misc]
        accuracies={decode(text, Accuracy): number for number, text in accuracies},
    )


def _last(connection: sqlite3.Connection, table: str) -> int:
    return connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection
