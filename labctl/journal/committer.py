"""The thread that writes: batches in, transactions out, never a row dropped.

One thread owns the connection. Its queue is bounded, so a slow disk makes the run wait. After a
failure nothing more is written, every waiting batch is told, and the file stays whole up to the
last commit. Before anybody is told of a commit the witness beside the journal names it, and the
files are seen to lie where they were opened.
"""

from __future__ import annotations

import hashlib
import os
import queue
import sqlite3
import threading
from pathlib import Path

from labctl.errors import JournalError
from labctl.journal import witness
from labctl.journal.batch import Batch
from labctl.journal.chain import GENESIS, Link
from labctl.journal.closing import make_one_file
from labctl.journal.place import Place
from labctl.journal.schema import CHAIN, SNAPSHOTS, TABLES
from labctl.journal.witness import Witness

DEPTH = 16
"""Batches that may wait for the disk before the run waits."""

_SNAPSHOT = SNAPSHOTS.insert.replace("INSERT", "INSERT OR REPLACE")


class Committer:
    """Writes batches to the journal on `connection`, whose chain stands at `link`.

    `path` is its file, attachments go to `files`. The thread owns the connection from now on.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        files: Path,
        depth: int = DEPTH,
        link: Link = GENESIS,
    ) -> None:
        self.link = link
        self.failure: JournalError | None = None
        self._files = files
        self._path = path
        self._queue: queue.Queue[Batch | None] = queue.Queue(depth)
        self._connection = connection
        self._place = Place(path)
        self._witness = _witness(path)
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def offer(self, batch: Batch) -> bool:
        """Take `batch` if the queue has room; returns whether it was taken."""
        try:
            self._queue.put_nowait(batch)
        except queue.Full:
            return False
        return True

    def put(self, batch: Batch) -> None:
        """Take `batch`; blocks the calling thread while the queue is full."""
        self._queue.put(batch)

    def close(self) -> None:
        """Write what waits, close the file and end the thread; `JournalError` if it had failed."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
        if self.failure is not None:
            raise self.failure

    def _work(self) -> None:
        while (batch := self._queue.get()) is not None:
            if self.failure is None:
                self._try(batch)
            batch.finish(self.failure)
        self._end()

    def _try(self, batch: Batch) -> None:
        try:
            for sha256, data in batch.files:
                _write_file(self._files / sha256, data)
            if batch.rows:
                self._commit(batch)
        except JournalError as error:
            self.failure = error
        except (sqlite3.Error, OSError, ValueError, TypeError) as error:
            self._fail(error)

    def _commit(self, batch: Batch) -> None:
        execute, many, rows = self._connection.execute, self._connection.executemany, batch.rows
        execute("BEGIN IMMEDIATE")
        counts: dict[str, int] = {}
        for table in TABLES:
            if table.name in rows:
                many(table.insert, rows[table.name])
                counts[table.name] = len(rows[table.name])
        link = self.link.next(rows)
        execute(CHAIN.insert, link.row(counts))
        if batch.snapshot is not None:
            execute(_SNAPSHOT, (link.tx % 2, *batch.snapshot))
        execute("COMMIT")
        self._witness.tell(link.tx, link.head.hex())
        self._place.check()
        self.link = link

    def _fail(self, error: Exception) -> None:
        self.failure = JournalError(
            f"the journal cannot be written: {error}",
            address=str(self._path),
            remedy="see whether the disk is full or read-only; what was committed before is whole,"
            " and labctl resume goes on with it",
        )
        if self._connection.in_transaction:
            try:
                self._connection.execute("ROLLBACK")
            except sqlite3.Error as second:
                self.failure.add_note(f"rollback: {second}")

    def _end(self) -> None:
        """Close the file; a finished journal is one plain file that a read-only medium can hold."""
        try:
            if self.failure is None:
                make_one_file(self._connection)
            self._connection.close()
            self._witness.close()
            if self.failure is None:
                witness.remove(self._path)
        except (sqlite3.Error, OSError) as error:
            if self.failure is None:
                self._fail(error)


def _witness(path: Path) -> Witness:
    try:
        return Witness(path)
    except OSError as error:
        raise JournalError(
            f"the journal cannot be made: {error}",
            address=str(path),
            remedy="choose a folder that can be written: --runs DIR",
        ) from error


def _write_file(path: Path, data: bytes) -> None:
    """Write an attachment whole or not at all; one that is there already is the same."""
    if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == path.name:
        return
    part = path.with_suffix(".part")
    with open(part, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
