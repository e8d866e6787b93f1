"""Rows of a damaged table: all that can be read, found by halving the ranges that cannot."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from labctl.journal.checking import UNREADABLE
from labctl.journal.schema import Table

CHUNK = 1024
"""Rows that are asked for at once."""

Numbered = tuple[int, tuple[Any, ...]]
"""A row's number, and the row."""


def read_rows(
    connection: sqlite3.Connection, table: Table, known: int, limit: int
) -> Iterator[list[Numbered]]:
    """Readable rows of `table` in order of their numbers, in chunks.

    It is known to have had at least `known` rows; no row has a number above `limit`.
    """
    stated = _last(connection, table)
    for first in range(1, limit + 1, CHUNK):
        last = min(first + CHUNK - 1, limit if stated is None else max(known, stated))
        rows = list(_span(connection, table, first, last)) if first <= last else []
        if rows:
            yield rows
        elif first > known:  # where the table does not tell its end, it is at the first gap
            return


def _last(connection: sqlite3.Connection, table: Table) -> int | None:
    """The last row's number as the table's own order has it; None where that cannot be read."""
    try:
        found = connection.execute(f"SELECT max(rowid) FROM {table.name}").fetchone()[0]
    except UNREADABLE:
        return None
    return found or 0


def _span(
    connection: sqlite3.Connection, table: Table, first: int, last: int
) -> Iterator[Numbered]:
    sql = (
        f"SELECT rowid, {', '.join(table.names)} FROM {table.name}"
        " WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
    )
    try:
        rows = connection.execute(sql, (first, last)).fetchall()
    except UNREADABLE:
        if first == last:
            return
        middle = (first + last) // 2
        yield from _span(connection, table, first, middle)
        yield from _span(connection, table, middle + 1, last)
        return
    before = first - 1
    for number, *row in rows:
        # A damaged page may give rows twice, or out of their order.
        if before < number <= last:
            yield number, tuple(row)
            before = number
