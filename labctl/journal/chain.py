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

import msgspec

from labctl.journal.batch import Row
from labctl.journal.plain import loads
from labctl.journal.schema import CHAIN, SCHEMA_VERSION, STATEMENTS, TABLES

_encode = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True)
class Link:
    """Where the chain stands after a transaction."""

    tx: int
    content: bytes
    head: bytes

    def next(self, rows: Mapping[str, Sequence[Row]]) -> Link:
        """The link of the transaction that adds `rows` (by table, in writing order)."""
        steady: list[object] = []
        volatile: list[object] = []
        for table in TABLES:
            if table.name in rows:
                (volatile if table.volatile else steady).append([table.name, rows[table.name]])
        content = hashlib.sha256(self.content + _encode(steady)).digest()
        head = hashlib.sha256(self.head + content + _encode(volatile)).digest()
        return Link(self.tx + 1, content, head)

    def row(self, counts: Mapping[str, int]) -> Row:
        """The link's row in the table `chain`."""
        text = msgspec.json.encode(counts).decode("utf-8")
        return (self.tx, text, self.content.hex(), self.head.hex())


def counts_of(text: str) -> dict[str, int] | None:
    """Rows by table that a row of `chain` states as `text`; None where it states none."""
    try:
        counts = msgspec.convert(loads(text), dict[str, int])
    except (ValueError, TypeError, RecursionError, msgspec.ValidationError):
        return None
    known = {table.name for table in TABLES}
    return counts if counts.keys() <= known and min(counts.values(), default=0) >= 0 else None


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
