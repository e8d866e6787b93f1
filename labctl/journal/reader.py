"""Reads a journal, read-only: a finished one, one being written, one whose writer was killed."""

from __future__ import annotations

import math
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from labctl.errors import JournalError
from labctl.evidence import Accuracy, Attachment, Identity, Instrument, Reading
from labctl.journal.plain import decode, loads
from labctl.journal.schema import check
from labctl.journal.superseded import redone

T = TypeVar("T")

TAKEN_BACK = "null"
"""A fact that does not stand any more: the verdict on an item that is gone on with."""


class Reader:
    """A read-only view of the journal `path`; `JournalError` where it is none.

    Close it, or use it as a context manager.
    """

    def __init__(self, path: Path) -> None:
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self.path = path
        self.connection = self._open()
        self.version = check(self.connection, str(path))

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()
        if self._copy is not None:
            self._copy.cleanup()

    def identity(self) -> dict[str, str]:
        """The run's id and wall-clock times; the latest value of each key."""
        return dict(self.rows("SELECT key, value FROM identity ORDER BY rowid"))

    def meta(self) -> dict[str, Any]:
        """Plain data about the whole run; the latest value of each key."""
        rows = self.rows("SELECT key, value FROM meta ORDER BY rowid")
        return {key: loads(value) for key, value in rows}

    def items(self) -> list[tuple[int, str, str, str, str]]:
        """(number, indicator id, indicator as JSON, procedure, code hash) of each item."""
        return list(
            self.rows(
                "SELECT id, indicator, text, procedure, code_sha256 FROM items ORDER BY rowid"
            )
        )

    def fact(self, item: int, name: str, kind: type[T]) -> T | None:
        """The latest fact `name` about an item; None where there is none, or it was taken back."""
        sql = "SELECT value FROM facts WHERE item = ? AND name = ? ORDER BY rowid DESC LIMIT 1"
        for (value,) in self.rows(sql, item, name):
            return None if value == TAKEN_BACK else decode(value, kind)
        return None

    def facts(self, item: int, name: str, kind: type[T]) -> tuple[T, ...]:
        """All that were the fact `name` about an item, in order, also those superseded."""
        sql = "SELECT value FROM facts WHERE item = ? AND name = ? ORDER BY rowid"
        values = [value for (value,) in self.rows(sql, item, name)]
        return tuple(decode(value, kind) for value in values if value != TAKEN_BACK)

    def instruments(self, item: int) -> tuple[Instrument, ...]:
        """The instruments of an item with their identities as read."""
        sql = (
            "SELECT role, driver, address, maker, model, serial, firmware"
            " FROM instruments WHERE item = ? ORDER BY rowid"
        )
        rows = self.rows(sql, item)
        return tuple(
            Instrument(role, driver, address, Identity(*who))
            for role, driver, address, *who in rows
        )

    def channels(self, item: int) -> tuple[str, ...]:
        """Names of an item's channels, in the order of their first reading."""
        rows = self.rows("SELECT name FROM channels WHERE item = ? ORDER BY rowid", item)
        return tuple(dict.fromkeys(row[0] for row in rows))

    def readings(self, item: int, channel: str, *, all: bool = False) -> list[Reading]:
        """Readings of a channel, in the order in which they were recorded.

        Those of an attempt that was interrupted and done again are left out but with `all`.
        """
        return list(self.each(item, channel, all=all))

    def each(self, item: int, channel: str, *, all: bool = False) -> Iterator[Reading]:
        """The same one after the other, for channels that are too long to be held."""
        accuracies, again = self._accuracies(), {} if all else self.done_again(item)
        sql = (
            "SELECT r.rowid, r.attempt, r.value, c.unit, r.t, r.utc, c.address, c.serial,"
            " r.accuracy FROM readings r JOIN channels c ON c.id = r.channel"
            " WHERE c.item = ? AND c.name = ? ORDER BY r.rowid"
        )
        for row, attempt, value, *rest, accuracy in self.rows(sql, item, channel):
            if row <= again.get(attempt, row):
                kept = math.nan if value is None else value
                yield Reading(kept, *rest, accuracy=accuracies.get(accuracy))

    def done_again(self, item: int) -> dict[int, int]:
        """By attempt that does not count, or not to its end: the last reading that does.

        Of one that was not finished and followed by another, that of its last committed part; of
        one that a person had done again, none.
        """
        if self.version < 2:
            return {}
        sql = (
            "SELECT a.id, coalesce(max(p.readings), 0) FROM attempts a"
            " LEFT JOIN progress p ON p.attempt = a.id WHERE a.item = ?"
            " AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.attempt = a.id)"
            " AND EXISTS (SELECT 1 FROM attempts b"
            " WHERE b.item = a.item AND b.step = a.step AND b.id > a.id) GROUP BY a.id"
        )
        return {**dict(self.rows(sql, item)), **dict.fromkeys(redone(self, item), 0)}

    def steps(self, item: int) -> list[tuple[str, int, str | None, float, float | None]]:
        """(step, attempt, result as JSON, begun at s, finished at s); None where abandoned."""
        sql = (
            "SELECT a.step, a.attempt, s.result, a.t, s.t FROM attempts a"
            " LEFT JOIN steps s ON s.attempt = a.id WHERE a.item = ? ORDER BY a.rowid"
        )
        return list(self.rows(sql, item))

    def events(self, item: int | None) -> list[tuple[float, float, str, str]]:
        """(run time in s, Unix time in s, kind, text) of an item's events; None: the run's."""
        sql = "SELECT t, utc, kind, text FROM events WHERE item IS ? ORDER BY rowid"
        return list(self.rows(sql, item))

    def attachments(self, item: int | None = None) -> tuple[Attachment, ...]:
        """Attachments of an item, or of all items; one that a resumed run kept again is one."""
        sql = (
            "SELECT name, sha256, media_type, size FROM attachments"
            " WHERE ?1 IS NULL OR item = ?1 ORDER BY rowid"
        )
        return tuple(dict.fromkeys(Attachment(*row) for row in self.rows(sql, item)))

    def _accuracies(self) -> dict[int | None, Accuracy]:
        rows = self.rows("SELECT id, value FROM accuracies")
        return {number: decode(text, Accuracy) for number, text in rows}

    def rows(self, sql: str, *values: object) -> Iterator[Any]:
        """Rows of a query; `JournalError` where the file cannot be read."""
        try:
            yield from self.connection.execute(sql, values)
        except sqlite3.Error as error:
            raise JournalError(f"{self.path} cannot be read: {error}") from error

    def _open(self) -> sqlite3.Connection:
        if not self.path.is_file():
            raise JournalError(f"there is no journal {self.path}")
        try:
            return _connect(self.path)
        except sqlite3.DatabaseError as error:
            if "file is not a database" in str(error) or "malformed" in str(error):
                raise JournalError(f"{self.path} is no journal of labctl: {error}") from error
        return self._open_copy()

    def _open_copy(self) -> sqlite3.Connection:
        """SQLite cannot replay a killed writer's log on a medium it cannot write to: in a copy it
        can."""
        self._copy = tempfile.TemporaryDirectory(prefix="labctl-")
        copy = Path(self._copy.name) / self.path.name
        try:
            for name in (self.path.name, f"{self.path.name}-wal"):
                if (self.path.parent / name).exists():
                    shutil.copyfile(self.path.parent / name, copy.parent / name)
            return _connect(copy)
        except (OSError, sqlite3.Error) as error:
            self._copy.cleanup()
            raise JournalError(f"{self.path} cannot be read: {error}") from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection
