"""The hash chain over a journal's transactions.

With a_n || b_n for bytes put together, transaction n with rows R_n has

    content_n = SHA-256(content_(n-1) || msgpack of [table, rows] of the steady tables in R_n)
    head_n    = SHA-256(head_(n-1) || content_n || msgpack of [table, rows] of the volatile ones)

and both start from the SHA-256 of the schema. `content` is equal in two runs with the same seed in
virtual time; `head` covers the run's id and wall-clock times as well.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from labctl.errors import JournalError
from labctl.journal.batch import Row
from labctl.journal.plain import loads
from labctl.journal.reader import Reader
from labctl.journal.schema import (
    CHAIN,
    SCHEMA_VERSION,
    STATEMENTS,
    TABLES,
    statements,
    tables,
)

_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True)
class Link:
    """Where the chain stands after a transaction."""

    tx: int
    content: bytes
    head: bytes

    def next(self, rows: Mapping[str, Sequence[Row]]) -> Link:
        """The link of the transaction that adds `rows` (by table, in writing order)."""
        steady = [[t.name, rows[t.name]] for t in TABLES if t.name in rows and not t.volatile]
        volatile = [[t.name, rows[t.name]] for t in TABLES if t.name in rows and t.volatile]
        content = hashlib.sha256(self.content + _encode(steady)).digest()
        head = hashlib.sha256(self.head + content + _encode(volatile)).digest()
        return Link(self.tx + 1, content, head)

    def row(self, counts: Mapping[str, int]) -> Row:
        """The link's row in the table `chain`."""
        text = msgspec.json.encode(counts).decode("utf-8")
        return (self.tx, text, self.content.hex(), self.head.hex())


def genesis(version: int) -> Link:
    """The chain of an empty journal of schema version `version`."""
    start = hashlib.sha256(_encode([version, STATEMENTS[version]])).digest()
    return Link(0, start, start)


GENESIS = genesis(SCHEMA_VERSION)
"""The chain of an empty journal as it is written now."""


def last_link(connection: sqlite3.Connection) -> Link:
    """Where the chain of a journal stands by its last transaction; nothing is recomputed."""
    row = connection.execute(
        f"SELECT {', '.join(CHAIN.names)} FROM chain ORDER BY tx DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return GENESIS
    return Link(row[0], bytes.fromhex(row[2]), bytes.fromhex(row[3]))


@dataclass(frozen=True)
class ChainReport:
    """What `verify_chain` found: `problems` in words, none where the journal is what was written.

    `head` and `content` are those recomputed, as hex, after `transactions` transactions.
    """

    problems: tuple[str, ...]
    transactions: int
    head: str
    content: str

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def verify_chain(path: Path) -> ChainReport:
    """Recompute the chain of the journal `path` from its rows, with its attachments.

    Finds every row or hash that was changed, added, removed or reordered, a changed schema, a
    damaged page and an attachment that is missing or different.
    """
    try:
        with Reader(path) as reader:
            return _verify(reader, path)
    except (sqlite3.Error, JournalError, UnicodeDecodeError) as error:
        return ChainReport((f"cannot be read: {error}",), 0, "", "")


def _verify(reader: Reader, path: Path) -> ChainReport:
    problems: list[str] = []
    if statements(reader.connection) != STATEMENTS[reader.version]:
        problems.append("the schema is not that of labctl")
    damage = [row[0] for row in reader.connection.execute("PRAGMA integrity_check(5)")]
    problems += [f"damaged file: {line}" for line in damage if line != "ok"]
    link = _walk(reader, problems)
    problems += _attachments(reader, path.parent / "attachments")
    return ChainReport(tuple(problems), link.tx, link.head.hex(), link.content.hex())


def _walk(reader: Reader, problems: list[str]) -> Link:
    """Recompute link after link; stops at the first that does not fit."""
    connection, version = reader.connection, reader.version
    cursors = {table.name: connection.execute(table.select) for table in tables(version)}
    link = genesis(version)
    for stored in connection.execute(CHAIN.select):
        try:
            counts: dict[str, int] = msgspec.convert(loads(stored[1]), dict[str, int])
            rows = {name: cursors[name].fetchmany(count) for name, count in counts.items()}
        except (ValueError, KeyError, msgspec.ValidationError):
            problems.append(f"transaction {link.tx + 1}: its row counts are unreadable")
            return link
        link = link.next(rows)
        if link.row(counts) != tuple(stored):
            problems.append(f"transaction {link.tx}: rows and hashes do not fit together")
            return link
    problems += [
        f"{name}: rows that no transaction accounts for"
        for name, cursor in cursors.items()
        if cursor.fetchone() is not None
    ]
    return link


def _attachments(reader: Reader, folder: Path) -> list[str]:
    problems: list[str] = []
    for sha256 in dict.fromkeys(a.sha256 for a in reader.attachments()):
        file = folder / sha256
        if not file.is_file():
            problems.append(f"attachment {sha256} is missing")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            problems.append(f"attachment {sha256} was changed")
    return problems
