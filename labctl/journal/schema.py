"""Tables of the journal, and which of their columns depend on the wall clock or on chance.

Every table is append-only, and each row belongs to the transaction that wrote it: the chain counts
the rows by table. Columns and tables named `VOLATILE` differ between two runs with the same seed;
they enter only the chain's `head`, all others enter its `content` too.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from labctl.errors import JournalError

SCHEMA_VERSION = 1
"""`PRAGMA user_version` of a journal."""

APPLICATION_ID = 0x6C616263
"""`PRAGMA application_id`: "labc"."""


@dataclass(frozen=True)
class Table:
    """A table with its columns in order; `volatile` says that it is left out of `content`."""

    name: str
    columns: tuple[str, ...]
    volatile: bool = False

    @property
    def create(self) -> str:
        """Its SQL."""
        return f"CREATE TABLE {self.name} ({', '.join(self.columns)})"

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its columns."""
        return tuple(column.split(" ")[0] for column in self.columns)

    @property
    def insert(self) -> str:
        """SQL that appends a row."""
        return f"INSERT INTO {self.name} VALUES ({', '.join('?' * len(self.columns))})"

    @property
    def select(self) -> str:
        """SQL that reads all rows in the order in which they were written."""
        return f"SELECT {', '.join(self.names)} FROM {self.name} ORDER BY rowid"


IDENTITY = Table("identity", ("key TEXT", "value TEXT"), volatile=True)
"""The run's id, wall-clock times of start and end, host."""

META = Table("meta", ("key TEXT", "value TEXT"))
"""Targets, seed, agreement, versions, hashes of code; state at the end."""

BENCHES = Table("benches", ("sha256 TEXT", "name TEXT", "text TEXT"))

ITEMS = Table(
    "items",
    (
        "id INTEGER PRIMARY KEY",
        "indicator TEXT",
        "text TEXT",
        "procedure TEXT",
        "code_sha256 TEXT",
        "t REAL",
        "utc REAL",
    ),
)
"""One row an item at its start; `text` is the indicator as it stood, as JSON."""

FACTS = Table("facts", ("item INTEGER", "name TEXT", "value TEXT", "t REAL", "utc REAL"))
"""What became known of an item, as JSON: sample, bench, evidence, provenance, verdict, error."""

INSTRUMENTS = Table(
    "instruments",
    (
        "item INTEGER",
        "role TEXT",
        "driver TEXT",
        "address TEXT",
        "maker TEXT",
        "model TEXT",
        "serial TEXT",
        "firmware TEXT",
    ),
)

ACCURACIES = Table("accuracies", ("id INTEGER PRIMARY KEY", "value TEXT"))
"""Data sheet lines, each once, as JSON."""

CHANNELS = Table(
    "channels",
    (
        "id INTEGER PRIMARY KEY",
        "item INTEGER",
        "name TEXT",
        "unit TEXT",
        "address TEXT",
        "serial TEXT",
    ),
)
"""A channel of an item as read from one wire in one unit."""

ATTEMPTS = Table(
    "attempts",
    (
        "id INTEGER PRIMARY KEY",
        "item INTEGER",
        "step TEXT",
        "attempt INTEGER",
        "t REAL",
        "utc REAL",
    ),
)
"""A step that was begun; one without a row in `steps` was abandoned."""

STEPS = Table("steps", ("attempt INTEGER", "result TEXT", "t REAL", "utc REAL"))
"""A step that was finished, with its result as JSON."""

READINGS = Table(
    "readings",
    (
        "channel INTEGER",
        "t REAL",
        "utc REAL",
        "value REAL",
        "accuracy INTEGER",
        "attempt INTEGER",
    ),
)
"""NaN is NULL; `accuracy` and `attempt` are NULL where there is none."""

EVENTS = Table("events", ("item INTEGER", "t REAL", "utc REAL", "kind TEXT", "text TEXT"))

ATTACHMENTS = Table(
    "attachments",
    ("item INTEGER", "name TEXT", "sha256 TEXT", "media_type TEXT", "size INTEGER"),
)

TABLES = (
    IDENTITY,
    META,
    BENCHES,
    ITEMS,
    FACTS,
    INSTRUMENTS,
    ACCURACIES,
    CHANNELS,
    ATTEMPTS,
    STEPS,
    READINGS,
    EVENTS,
    ATTACHMENTS,
)
"""All tables whose rows the chain covers, in the order in which it takes them."""

CHAIN = Table("chain", ("tx INTEGER PRIMARY KEY", "counts TEXT", "content TEXT", "head TEXT"))
"""One row a transaction: rows added by table as JSON, the two hashes as hex."""

INDEX = "CREATE INDEX readings_by_channel ON readings (channel)"

STATEMENTS = (*(table.create for table in TABLES), CHAIN.create, INDEX)


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def check(connection: sqlite3.Connection, path: str) -> None:
    """`JournalError` where the file is no journal, or one of another schema version."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise JournalError(f"{path} is no journal of labctl")
    if version != SCHEMA_VERSION:
        newer = version > SCHEMA_VERSION
        raise JournalError(
            f"{path} has schema version {version}; this labctl reads {SCHEMA_VERSION}",
            remedy="read it with a newer labctl" if newer else "read it with the labctl it names",
        )


def statements(connection: sqlite3.Connection) -> tuple[str, ...]:
    """SQL of every object in the file, in the order of creation."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    return tuple(row[0] for row in rows)
