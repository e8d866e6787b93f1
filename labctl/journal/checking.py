"""Whether a journal is what was written: its chain computed again from its rows."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from labctl.errors import JournalError
from labctl.journal.batch import Row
from labctl.journal.chain import Link, counts_of, genesis
from labctl.journal.reader import Reader
from labctl.journal.schema import CHAIN, STATEMENTS, statements, tables
from labctl.journal.snapshots import check_snapshots

UNREADABLE = (sqlite3.Error, JournalError, UnicodeDecodeError, OverflowError, MemoryError)
"""What reading a damaged file raises."""


@dataclass(frozen=True)
class ChainReport:
    """What `verify_chain` found: `problems` in words, none where the journal is what was written.

    `head` and `content` are those recomputed, as hex, after `transactions` transactions; `heads`
    has the heads after those transactions that were asked for and are there. `stored` is the
    number of the last transaction that the journal names, whether it fits or not; None where that
    cannot be read.
    """

    problems: tuple[str, ...]
    transactions: int
    head: str
    content: str
    heads: Mapping[int, str] = field(default_factory=dict[int, str])
    stored: int | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def verify_chain(path: Path, at: Collection[int] = ()) -> ChainReport:
    """Recompute the chain of the journal `path` from its rows, with its attachments.

    Finds every row or hash that was changed, added, removed or reordered, a changed schema or
    snapshot, a damaged page and an attachment that is missing or different. `at` names
    transactions whose heads are wanted. A journal that is being written is taken as it stands.
    """
    try:
        with Reader(path) as reader:
            reader.connection.execute("BEGIN")
            walk = _Walk(reader, frozenset(at))
            problems = _verify(walk, path.parent / "attachments")
            stored = _stored(reader)
    except UNREADABLE as error:
        return ChainReport((f"cannot be read: {_said(error)}",), 0, "", "")
    link = walk.link
    return ChainReport(
        tuple(problems), link.tx, link.head.hex(), link.content.hex(), dict(walk.heads), stored
    )


def _stored(reader: Reader) -> int | None:
    try:
        number = reader.connection.execute("SELECT coalesce(max(tx), 0) FROM chain").fetchone()[0]
    except UNREADABLE:
        return None
    return number if isinstance(number, int) else None


def _verify(walk: _Walk, attachments: Path) -> list[str]:
    problems: list[str] = []
    checks = (walk.schema, walk.pages, walk.rows, walk.beside)
    for check in checks:
        try:
            problems += check()
        except UNREADABLE as error:
            problems.append(f"cannot be read after transaction {walk.link.tx}: {_said(error)}")
    return [*dict.fromkeys(problems), *_attachments(walk.reader, attachments)]


class _Walk:
    """Goes through a journal, transaction after transaction; `link` is where it has come to."""

    def __init__(self, reader: Reader, at: frozenset[int]) -> None:
        self.reader = reader
        self.link = genesis(reader.version)
        self.heads: dict[int, str] = {}
        self._at = at
        self._whole = False
        self._worlds: dict[int, tuple[int, str]] = {}
        self._done = {table.name: 0 for table in tables(reader.version)}
        self._note()

    def schema(self) -> list[str]:
        """Whether the tables are ours."""
        known = STATEMENTS[self.reader.version]
        same = statements(self.reader.connection) == known
        return [] if same else ["the schema is not that of labctl"]

    def pages(self) -> list[str]:
        """Whether SQLite finds its own order in the file."""
        rows = self.reader.connection.execute("PRAGMA integrity_check(5)")
        return [f"damaged file: {row[0]}" for row in rows if row[0] != "ok"]

    def rows(self) -> list[str]:
        """Recompute link after link; stops at the first that does not fit."""
        connection = self.reader.connection
        cursors = {t.name: connection.execute(t.select) for t in tables(self.reader.version)}
        for stored in connection.execute(CHAIN.select):
            counts = counts_of(stored[1])
            if counts is None or not counts.keys() <= cursors.keys():
                return [f"transaction {self.link.tx + 1}: its row counts are unreadable"]
            rows = {name: cursors[name].fetchmany(count) for name, count in counts.items()}
            link = self.link.next(rows)
            if link.row(counts) != tuple(stored):
                where = self._ranges(counts)
                return [f"transaction {link.tx}: rows and hashes do not fit together ({where})"]
            self._go_on(link, rows)
        self._whole = True
        return [
            f"{name}: rows that no transaction accounts for"
            for name, cursor in cursors.items()
            if cursor.fetchone() is not None
        ]

    def beside(self) -> list[str]:
        """What the hashes of the rows do not cover: their numbers, and the snapshots."""
        if not self._whole:
            return []
        problems: list[str] = []
        for name, count in self._done.items():
            sql = f"SELECT coalesce(min(rowid), 1), coalesce(max(rowid), 0) FROM {name}"
            if self.reader.connection.execute(sql).fetchone() != (1, count):
                problems.append(f"{name}: rows have other numbers")
        return problems + check_snapshots(self.reader, self._worlds)

    def _go_on(self, link: Link, rows: Mapping[str, Sequence[Row]]) -> None:
        self.link = link
        for name, some in rows.items():
            self._done[name] += len(some)
        for attempt, sha256, _ in rows.get("worlds", ())[-1:]:
            self._worlds[link.tx % 2] = (attempt, sha256)
        self._note()

    def _note(self) -> None:
        if self.link.tx in self._at:
            self.heads[self.link.tx] = self.link.head.hex()

    def _ranges(self, counts: Mapping[str, int]) -> str:
        done = self._done
        return ", ".join(f"{n} {done[n] + 1}..{done[n] + count}" for n, count in counts.items())


def _attachments(reader: Reader, folder: Path) -> list[str]:
    try:
        names = dict.fromkeys(a.sha256 for a in reader.attachments())
    except UNREADABLE as error:
        return [f"attachments cannot be read: {_said(error)}"]
    return [problem for name in names if (problem := attachment_problem(folder, name))]


def attachment_problem(folder: Path, sha256: object) -> str:
    """What is wrong with the attachment `sha256`; "" where it is what was kept."""
    if not isinstance(sha256, str) or Path(sha256).name != sha256:
        return f"attachment {sha256!r} has a damaged name"
    try:
        with open(folder / sha256, "rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except (OSError, ValueError):
        return f"attachment {sha256} is missing"
    return "" if same else f"attachment {sha256} was changed"


def _said(error: BaseException) -> str:
    return error.message if isinstance(error, JournalError) else str(error)
