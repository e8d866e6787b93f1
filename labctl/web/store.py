"""The file of accounts, sessions and tokens: SQLite, since the command line writes it as well."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from labctl.errors import JournalError
from labctl.platform.private_files import write_private

FILE = "accounts.db"

SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    name TEXT PRIMARY KEY, shown TEXT NOT NULL, role INTEGER NOT NULL, password TEXT NOT NULL,
    language TEXT NOT NULL, active INTEGER NOT NULL, created TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
    hash TEXT PRIMARY KEY, user TEXT NOT NULL, begun REAL NOT NULL, used REAL NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS tokens (
    id TEXT PRIMARY KEY, hash TEXT UNIQUE NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL,
    role INTEGER NOT NULL, created REAL NOT NULL, expires REAL NOT NULL, used REAL
) STRICT;
"""


class Store:
    """The file in `folder`; each statement is a transaction, on the disk on return.

    `JournalError` where it cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._lock = threading.Lock()
        try:
            with suppress(FileExistsError):
                write_private(self.path, b"")
            self._connection = sqlite3.connect(
                self.path, timeout=10.0, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=FULL")
            self._connection.executescript(SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise self._broken(error) from error

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows of a query, or of what a change returns."""
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.IntegrityError:
                raise
            except sqlite3.Error as error:
                raise self._broken(error) from error

    def row(self, sql: str, *values: object) -> Any:
        """The first row; None where there is none."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _broken(self, error: Exception) -> JournalError:
        return JournalError(
            f"the file of accounts cannot be used: {error}",
            address=str(self.path),
            remedy="see whether the disk is full, or the file somebody else's",
        )
