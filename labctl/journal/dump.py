"""A journal as text, without what two runs with the same seed do not share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from labctl.journal.reader import Reader
from labctl.journal.schema import CHAIN, TABLES, Table

CHANCE = {"chain": ("head",)}
"""Columns of otherwise steady tables that depend on the run's id and the wall clock."""


def dump(path: Path) -> str:
    """The journal `path` as canonical text: a line a row, table after table.

    The run's id, wall-clock times and the hashes that cover them are left out, so the texts of
    two runs of one request in virtual time are equal.
    """
    with Reader(path) as reader:
        tables = [table for table in (*TABLES, CHAIN) if not table.volatile]
        lines = (line for table in tables for line in _lines(reader, table))
        return "\n".join(lines) + "\n"


def _lines(reader: Reader, table: Table) -> Iterator[str]:
    kept = [name for name in table.names if name not in CHANCE.get(table.name, ())]
    yield f"# {table.name} ({', '.join(kept)})"
    sql = f"SELECT {', '.join(kept)} FROM {table.name} ORDER BY rowid"
    for row in reader.connection.execute(sql):
        yield "\t".join(map(repr, row))
