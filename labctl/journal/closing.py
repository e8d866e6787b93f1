"""Closing a journal: its log goes into the one file that is kept."""

from __future__ import annotations

import sqlite3

READERS = 5000
"""Milliseconds that readers of a journal have to come to an end when it is closed."""


def make_one_file(connection: sqlite3.Connection) -> None:
    """Leave the journal on `connection` as one plain file.

    While somebody has it open it stays in WAL mode; then its log is emptied into it, which waits
    for readers that are in the middle of a query. One who does not end leaves a log beside it,
    which belongs to the journal.
    """
    if _switch(connection):
        return
    connection.execute(f"PRAGMA busy_timeout = {READERS}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _switch(connection: sqlite3.Connection) -> bool:
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        return connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
    except sqlite3.OperationalError:  # somebody has the file open
        return False
