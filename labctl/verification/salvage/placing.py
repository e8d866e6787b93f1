"""Which rows belong to which transaction, and whether they are those that were written.

The chain tells how many rows of each table a transaction brought. Where one of its rows is lost,
the transactions before are counted from the first row on, those after from the last row back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from labctl.journal.batch import Row
from labctl.journal.chain import Link, counts_of, genesis
from labctl.journal.schema import CHAIN, tables

Span = tuple[int, int]
"""Numbers of a first and a last row."""


class Placed(NamedTuple):
    """A transaction of the chain: its row, its counts, and by table the rows that are its own.

    `spans` is None where lost rows of the chain on both sides leave its place open.
    """

    tx: int
    row: Row
    counts: dict[str, int]
    spans: dict[str, Span] | None


def place(connection: sqlite3.Connection, last: Mapping[str, int]) -> list[Placed]:
    """Every transaction whose row in the chain is readable; `last` is each table's last row."""
    chain = {row[0]: row for row in connection.execute(CHAIN.select)}
    known = readable_counts(connection)
    spans = dict(_forward(known))
    for tx, placed in _backward(known, last):
        spans.setdefault(tx, placed)
    return [Placed(tx, chain[tx], known[tx], spans.get(tx)) for tx in sorted(known)]


def readable_counts(connection: sqlite3.Connection) -> dict[int, dict[str, int]]:
    """Rows by table that each readable row of the chain states."""
    rows = connection.execute("SELECT tx, counts FROM chain")
    found = {tx: counts_of(str(text)) for tx, text in rows}
    return {tx: counts for tx, counts in found.items() if counts is not None}


def _forward(known: Mapping[int, dict[str, int]]) -> Iterator[tuple[int, dict[str, Span]]]:
    done: dict[str, int] = {}
    tx = 1
    while tx in known:
        counts = known[tx]
        spans = {n: (done.get(n, 0) + 1, done.get(n, 0) + count) for n, count in counts.items()}
        yield tx, spans
        done.update((name, span[1]) for name, span in spans.items())
        tx += 1


def _backward(
    known: Mapping[int, dict[str, int]], last: Mapping[str, int]
) -> Iterator[tuple[int, dict[str, Span]]]:
    left = dict(last)
    tx = max(known, default=0)
    while tx in known:
        ends = {name: (left.get(name, 0), count) for name, count in known[tx].items()}
        spans = {name: (end - count + 1, end) for name, (end, count) in ends.items()}
        yield tx, spans
        left.update((name, span[0] - 1) for name, span in spans.items())
        tx -= 1


def fits(connection: sqlite3.Connection, version: int, before: Placed | None, one: Placed) -> bool:
    """Whether the rows of `one` are those that were written; `before` is the transaction before."""
    link = _link(version, before, one)
    if link is None or one.spans is None:
        return False
    rows: dict[str, list[Row]] = {}
    for table in tables(version):
        if table.name in one.spans:
            sql = f"{table.select.removesuffix(' ORDER BY rowid')} WHERE rowid BETWEEN ? AND ?"
            found = connection.execute(f"{sql} ORDER BY rowid", one.spans[table.name]).fetchall()
            rows[table.name] = found
    if {name: len(some) for name, some in rows.items()} != one.counts:
        return False
    return link.next(rows).row(one.counts) == tuple(one.row)


def _link(version: int, before: Placed | None, one: Placed) -> Link | None:
    if one.tx == 1:
        return genesis(version)
    if before is None or before.tx != one.tx - 1:
        return None
    try:
        return Link(before.tx, bytes.fromhex(before.row[2]), bytes.fromhex(before.row[3]))
    except (TypeError, ValueError):
        return None
