"""Copying the readable rows of a damaged journal under their numbers."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from labctl.journal.schema import CHAIN, Table, tables
from labctl.verification.salvage.placing import Span, readable_counts
from labctl.verification.salvage.reading import read_rows


@dataclass
class Kept:
    """Rows of a table that were read: how many, the last one's number, those missing between."""

    read: int = 0
    last: int = 0
    missing: list[Span] = field(default_factory=list[Span])


def copy_rows(
    source: sqlite3.Connection, target: sqlite3.Connection, version: int, limit: int
) -> dict[str, Kept]:
    """Copy every readable row; the chain first, which tells how many there were of each table.

    No row has a number above `limit`.
    """
    _copy(source, target, CHAIN, 0, limit)
    known: dict[str, int] = {}
    for counts in readable_counts(target).values():
        for name, count in counts.items():
            known[name] = known.get(name, 0) + count
    return {
        table.name: _copy(source, target, table, known.get(table.name, 0), limit)
        for table in tables(version)
    }


def _copy(
    source: sqlite3.Connection, target: sqlite3.Connection, table: Table, known: int, limit: int
) -> Kept:
    # In a table with a key of its own that key is the row's number.
    keyed = "PRIMARY KEY" in table.columns[0]
    names = table.names if keyed else ("rowid", *table.names)
    sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    kept = Kept()
    for rows in read_rows(source, table, known, limit):
        target.executemany(sql, (row if keyed else (number, *row) for number, row in rows))
        for number, _ in rows:
            _count(kept, number)
    if known > kept.last:
        kept.missing.append((kept.last + 1, known))
        kept.last = known
    return kept


def _count(kept: Kept, number: int) -> None:
    if number > kept.last + 1:
        kept.missing.append((kept.last + 1, number - 1))
    kept.read, kept.last = kept.read + 1, number
