"""The first pages of a journal, which say where its tables are: known, so they can be put back.

A journal's tables are made by the same statements in the same order in an empty file: the pages
that hold the schema are equal in all journals of a version, and every table begins at the same page
in each.
"""

from __future__ import annotations

import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from labctl.errors import JournalError
from labctl.journal.chain import counts_of
from labctl.journal.checking import UNREADABLE
from labctl.journal.schema import (
    APPLICATION_ID,
    CHAIN,
    SCHEMA_VERSION,
    STATEMENTS,
    statements,
)

PAGE = 4096
"""Bytes of a page of a journal."""


def openable(journal: Path, folder: Path) -> tuple[sqlite3.Connection, int]:
    """A copy of `journal` in `folder` that SQLite opens, and its schema version.

    Its log is taken into it where it can be read. Pages that hold the schema are replaced where
    they are damaged. `JournalError` where nothing of it can be read.
    """
    for strictly in (True, False):
        for with_log in (True, False):
            for version in (0, *_versions(journal)):
                copy = _copied(journal, folder, with_log)
                if version:
                    _put_back(copy, version, folder)
                opened = _opened(copy, strictly)
                if opened is not None:
                    return opened
    raise JournalError(f"nothing of {journal} can be read", address=str(journal))


def _copied(journal: Path, folder: Path, with_log: bool) -> Path:
    copy = folder / journal.name
    for suffix, wanted in (("", True), ("-wal", with_log), ("-shm", False)):
        source, target = (path.with_name(path.name + suffix) for path in (journal, copy))
        target.unlink(missing_ok=True)
        if wanted and source.exists():
            shutil.copyfile(source, target)
    return copy


def _versions(journal: Path) -> list[int]:
    """Schema versions that the journal may have, the likeliest first."""
    with open(journal, "rb") as file:
        head = file.read(64)
    stated = struct.unpack(">I", head[60:64])[0] if len(head) == 64 else 0
    return sorted(STATEMENTS, key=lambda version: (version != stated, -version))


def _opened(copy: Path, strictly: bool) -> tuple[sqlite3.Connection, int] | None:
    """The copy with its version where its tables are there, `strictly` with a chain."""
    connection = sqlite3.connect(copy, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA cell_size_check = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        ours = statements(connection) == STATEMENTS.get(version)
        if ours and (not strictly or _has_chain(connection)):
            return connection, version
    except UNREADABLE:
        pass  # the caller tries with the pages put back
    connection.close()
    return None


def _has_chain(connection: sqlite3.Connection) -> bool:
    """Whether the table where this version keeps its chain holds one."""
    row = connection.execute(CHAIN.select).fetchone()
    return row is not None and counts_of(str(row[1])) is not None


def _put_back(copy: Path, version: int, folder: Path) -> None:
    """Replace the pages of the schema by those of an empty journal of that version."""
    empty = folder / f"empty-{version}.db"
    if not empty.exists():
        make_empty(empty, version)
    pages = empty.read_bytes()
    with closing(sqlite3.connect(empty)) as connection:
        rows = connection.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 0")
        roots = {row[0] for row in rows}
    there = copy.stat().st_size // PAGE
    with open(copy, "r+b") as file:
        for number in range(1, len(pages) // PAGE + 1):
            if number not in roots or number > there:
                page = pages[(number - 1) * PAGE : number * PAGE]
                file.seek((number - 1) * PAGE)
                file.write(_counting(page, max(there, len(pages) // PAGE)) if number == 1 else page)


def _counting(page: bytes, size: int) -> bytes:
    """The first page of a file of `size` pages, without a list of free ones."""
    return page[:28] + struct.pack(">III", size, 0, 0) + page[40:]


def make_empty(path: Path, version: int = SCHEMA_VERSION) -> None:
    """An empty journal of a schema version, in one file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute("BEGIN IMMEDIATE")
        for statement in STATEMENTS[version]:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
