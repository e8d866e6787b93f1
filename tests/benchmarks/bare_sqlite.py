"""What bare sqlite3 takes for the same rows on the same disk: the floor of the journal."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from labctl.journal.schema import ATTEMPTS, READINGS, STEPS, Table

Row = tuple[object, ...]


@contextmanager
def tables(path: Path, *made: Table) -> Iterator[sqlite3.Connection]:
    """A new file with the journal's own tables and its durability, and nothing else."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        for table in made:
            connection.execute(table.create)
        yield connection


def steps(path: Path, count: int) -> float:
    """Seconds of a step's two rows, one transaction a step."""
    with tables(path, ATTEMPTS, STEPS) as connection:
        began = time.perf_counter()
        for index in range(count):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(ATTEMPTS.insert, (index + 1, 1, f"step-{index}", 1, 0.0, 0.0))
            connection.execute(STEPS.insert, (index + 1, "[1.5,2.5]", 0.0, 0.0))
            connection.execute("COMMIT")
        return time.perf_counter() - began


def readings(path: Path, rows: Sequence[Row], batch: int) -> float:
    """Seconds of rows that are ready, `batch` of them a transaction, with the journal's index."""
    with tables(path, READINGS) as connection:
        connection.execute("CREATE INDEX readings_by_channel ON readings (channel)")
        began = time.perf_counter()
        for first in range(0, len(rows), batch):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(READINGS.insert, rows[first : first + batch])
            connection.execute("COMMIT")
        return time.perf_counter() - began
