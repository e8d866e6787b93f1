"""Tables of the journal, and which of their columns depend on the wall clock or on chance.

Every table of the chain is append-only, and each row belongs to the transaction that wrote it: the
chain counts the rows by table. Tables named `volatile` differ between two runs with the same seed;
they enter only the chain's `head`, all others enter its `content` too. Beside the chain stand two
snapshots of a simulated bench, overwritten in turn, which a resumed run starts from; the chain
holds their hashes.

A journal of an earlier schema version is read as it is: versions only ever added tables.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cached_property

from labctl.errors import JournalError

SCHEMA_VERSION = 3
"""`PRAGMA user_version` of a journal that is written now."""

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

    @cached_property
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

PROGRESS = Table(
    "progress",
    ("attempt INTEGER", "elapsed REAL", "state TEXT", "readings INTEGER", "t REAL", "utc REAL"),
)
"""How far an exposure has come: seconds or cycles, its state as JSON, and how many readings the
journal held by then. Readings of an attempt that was not finished count up to its last row here."""

WORLDS = Table("worlds", ("attempt INTEGER", "sha256 TEXT", "scopes TEXT"))
"""Hash of the snapshot that was taken when a step, or a part of an exposure, was committed, and the
scopes that the bench was arranged for by then, as JSON."""

GAPS = Table(
    "gaps",
    ("item INTEGER", "t REAL", "utc REAL", "seconds REAL", "exposed INTEGER", "state TEXT"),
)
"""Interruptions: run and Unix time of their end, their length, whether an exposure was under way,
and how the bench was left."""

EVENTS = Table("events", ("item INTEGER", "t REAL", "utc REAL", "kind TEXT", "text TEXT"))

ATTACHMENTS = Table(
    "attachments",
    ("item INTEGER", "name TEXT", "sha256 TEXT", "media_type TEXT", "size INTEGER"),
)

ANSWERS = Table(
    "answers",
    (
        "item INTEGER",
        "attempt INTEGER",
        "prompt TEXT",
        "kind TEXT",
        "question TEXT",
        "value TEXT",
        "unit TEXT",
        "said TEXT",
        "who TEXT",
        "second TEXT",
        "source TEXT",
        "asked REAL",
        "asked_utc REAL",
        "t REAL",
        "utc REAL",
    ),
)
"""What people answered: `question` is the whole prompt as JSON, `value` the answer as the procedure
gets it, as JSON, `said` what was typed, `who` and `second` the persons, `source` the way on which
it came: person, script, sheet, simulated, timeout."""

AMENDMENTS = Table(
    "amendments",
    (
        "item INTEGER",
        "kind TEXT",
        "subject TEXT",
        "attempt INTEGER",
        "value TEXT",
        "said TEXT",
        "reason TEXT",
        "who TEXT",
        "t REAL",
        "utc REAL",
    ),
    volatile=True,
)
"""What people superseded afterwards, at the wall-clock time `utc`: the answer `subject` by `value`
(amend), the results of a step up to `attempt` (redo), the instrument of a role (swap)."""

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
    PROGRESS,
    WORLDS,
    GAPS,
    ANSWERS,
    AMENDMENTS,
)
"""All tables whose rows the chain covers, in the order in which it takes them."""

ADDED = {2: (PROGRESS, WORLDS, GAPS), 3: (ANSWERS, AMENDMENTS)}
"""Tables that a schema version brought."""

CHAIN = Table("chain", ("tx INTEGER PRIMARY KEY", "counts TEXT", "content TEXT", "head TEXT"))
"""One row a transaction: rows added by table as JSON, the two hashes as hex."""

INDEX = "CREATE INDEX readings_by_channel ON readings (channel)"

SNAPSHOTS = Table(
    "snapshots",
    ("slot INTEGER PRIMARY KEY", "item INTEGER", "t REAL", "sha256 TEXT", "state BLOB"),
)
"""The last two snapshots of the simulated bench, at run time `t` of the item."""


def tables(version: int) -> tuple[Table, ...]:
    """The tables of the chain in a journal of schema version `version`."""
    later = {table for number, added in ADDED.items() if number > version for table in added}
    return tuple(table for table in TABLES if table not in later)


def _statements(version: int) -> tuple[str, ...]:
    beside = () if version < 2 else (SNAPSHOTS.create,)
    return (*(table.create for table in tables(version)), CHAIN.create, INDEX, *beside)


STATEMENTS = {version: _statements(version) for version in range(1, SCHEMA_VERSION + 1)}
"""SQL of every object in a journal, by schema version."""


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in STATEMENTS[SCHEMA_VERSION]:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def check(connection: sqlite3.Connection, path: str) -> int:
    """The file's schema version; `JournalError` where it is no journal, or a newer one."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise JournalError(f"{path} is no journal of labctl")
    if version not in STATEMENTS:
        raise JournalError(
            f"{path} has schema version {version}; this labctl reads up to {SCHEMA_VERSION}",
            remedy="read it with a newer labctl",
        )
    return version


def statements(connection: sqlite3.Connection) -> tuple[str, ...]:
    """SQL of every object in the file, in the order of creation."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    return tuple(row[0] for row in rows)
