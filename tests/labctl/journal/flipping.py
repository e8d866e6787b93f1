"""A journal with one byte changed: found by its chain, or shown to change nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from labctl.journal import verify_chain
from labctl.journal.schema import CHAIN, SNAPSHOTS, TABLES

Content = list[Any]


def content(journal: Path) -> Content:
    """All that SQLite reads in a journal: every row with its number, the schema, both versions."""
    with closing(
        sqlite3.connect(f"{journal.as_uri()}?mode=ro&immutable=1", uri=True)
    ) as connection:
        queries = [f"SELECT rowid, * FROM {table.name}" for table in (*TABLES, CHAIN, SNAPSHOTS)]
        queries += ["SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"]
        queries += ["PRAGMA application_id", "PRAGMA user_version"]
        return [connection.execute(query).fetchall() for query in queries]


def changed(journal: Path, whole: bytes, place: int, by: int) -> None:
    """Write `journal` as it was, but for one byte."""
    data = bytearray(whole)
    data[place] ^= by
    journal.write_bytes(data)


def found(journal: Path, before: Content) -> bool:
    """Whether the chain finds the change; where it does not, nothing that is read has changed.

    `AssertionError` where it has.
    """
    if not verify_chain(journal).ok:
        return True
    assert content(journal) == before
    return False


def places(size: int, every: int) -> Iterator[int]:
    """The header, every so many-th byte of the file, and more at the end of each page, where a
    page that is not full keeps its rows."""
    yield from range(100)
    for page in range(0, size, 4096):
        yield from range(page, page + 4096 - 200, 10 * every)
        yield from range(page + 4096 - 200, page + 4096, every)
