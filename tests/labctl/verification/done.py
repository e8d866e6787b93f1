"""Runs to be verified."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from labctl.engine import execute
from tests.labctl.fakelab import FakeLab, measure, request


def done(runs: Path, *, items: int = 1, fault: Exception | None = None) -> Path:
    """The folder of a run that was closed in good order."""
    lab = FakeLab(fault=fault)
    return execute(request(runs, items=items), lambda indicator: lab.bound(measure)).path


def alter(run: Path, *statements: str) -> None:
    """Change a run's journal behind its back."""
    with closing(sqlite3.connect(run / "journal.db", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def damage(run: Path, page: int) -> None:
    """Make a page of a run's journal unreadable, the first of them being 1."""
    journal = run / "journal.db"
    data = bytearray(journal.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    journal.write_bytes(data)
