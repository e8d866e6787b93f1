"""How many bytes a run on a real bench will take, from the journal of its rehearsal.

In real time batches are cut by the clock and parts of exposures are committed more often than in
virtual time, each with a link of the chain; and nothing simulated is kept.
"""

from __future__ import annotations

from labctl.journal.reader import Reader
from labctl.journal.writer import EVERY
from labctl.planning.document import Disk
from labctl.runfolder import RunFolder
from labctl.soak import SECONDS

ROW = 12
"""Bytes that SQLite adds to the content of a short row, and of one of its index."""

PART = 60
"""Bytes of a part of an exposure beside the results of its points."""


def disk_of(reader: Reader, folder: RunFolder) -> Disk:
    """Bytes by kind; the journal's are extrapolated to real time."""
    now = folder.journal.stat().st_size + folder.log.stat().st_size
    more = _more_links(reader) * _link_bytes(reader) + _more_parts(reader) * PART
    files = sum(file.stat().st_size for file in folder.attachments.iterdir())
    return Disk(max(0, round(now - _simulated(reader) + more)), files)


def _simulated(reader: Reader) -> float:
    """Bytes that only the journal of a simulated bench has."""
    if reader.version < 2:
        return 0.0
    kept = _one(reader, "SELECT sum(length(state)) FROM snapshots")
    return kept + _one(reader, "SELECT sum(length(sha256) + length(scopes)) FROM worlds")


def _link_bytes(reader: Reader) -> float:
    sql = "SELECT avg(length(counts) + length(content) + length(head)) FROM chain"
    return _one(reader, sql) + ROW


def _more_links(reader: Reader) -> float:
    """Transactions in real time beyond those of the rehearsal."""
    batches = f"SELECT count(DISTINCT CAST(t / {EVERY} AS INTEGER)) FROM readings"
    steps = "SELECT count(*) FROM steps"
    real = _one(reader, batches) + _one(reader, steps) + _parts(reader)
    return max(0.0, real - _one(reader, "SELECT count(*) FROM chain"))


def _more_parts(reader: Reader) -> float:
    return max(0.0, _parts(reader) - _one(reader, "SELECT count(*) FROM progress"))


def _parts(reader: Reader) -> float:
    """Parts of exposures in real time: at most one in `SECONDS`, and one a point."""
    sql = (
        f"SELECT count(DISTINCT CAST(r.t / {SECONDS} AS INTEGER)) FROM readings r"
        " WHERE r.attempt IN (SELECT attempt FROM progress)"
    )
    return _one(reader, sql)


def _one(reader: Reader, sql: str) -> float:
    return next((float(value) for (value,) in reader.rows(sql) if value is not None), 0.0)
