from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from labctl.errors import JournalError
from labctl.journal import Reader, verify_chain
from tests.labctl.journal.writing import folder, one_of_everything, write

KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from labctl import clock
from labctl.evidence import Reading
from labctl.journal import Journal
from labctl.runfolder import RunFolder

async def main():
    where = RunFolder(Path(sys.argv[1]))
    journal = Journal(where.journal, where.attachments, virtual=True)
    item = journal.item("x", {}, "", "")
    for index in range(2500):
        await journal.record(item, "c", [Reading(index, "V", *clock.stamp(), "a", "b")], None)
    await journal.finish(journal.attempt(item, "s", 1), "1")
    for index in range(300):
        await journal.record(item, "c", [Reading(index, "V", *clock.stamp(), "a", "b")], None)
    print("ready", flush=True)
    sys.stdin.readline()
    os._exit(9)

clock.run(main(), virtual=True)
"""


def killed(tmp_path: Path) -> Path:
    """A journal whose writer ended between two commits, without closing it."""
    where = folder(tmp_path / "run")
    script = [sys.executable, "-c", KILLED, str(where.path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(script, stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        assert process.stdout is not None and process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        process.kill()
    return where.journal


def test_the_journal_of_a_killed_run_reads_up_to_its_last_commit(tmp_path: Path) -> None:
    journal = killed(tmp_path)
    assert (journal.parent / "journal.db-wal").stat().st_size > 0
    before = journal.read_bytes()
    with Reader(journal) as reader:
        assert [r.value for r in reader.readings(1, "c")] == list(range(2500))
        assert [step[2] for step in reader.steps(1)] == ["1"]
    report = verify_chain(journal)
    assert report.ok
    assert report.transactions == 3
    assert journal.read_bytes() == before, "reading changes nothing"


def test_a_torn_log_reads_up_to_its_last_whole_commit(tmp_path: Path) -> None:
    journal = killed(tmp_path)
    log = journal.parent / "journal.db-wal"
    whole = log.read_bytes()
    for part in (0.9, 0.5, 0.1):
        copy = tmp_path / str(part)
        shutil.copytree(journal.parent, copy)
        (copy / "journal.db-shm").unlink(missing_ok=True)
        (copy / "journal.db-wal").write_bytes(whole[: int(len(whole) * part)])
        try:
            with Reader(copy / "journal.db") as reader:
                values = [r.value for r in reader.readings(1, "c")]
        except JournalError:
            assert part == 0.1, "without the first commit there are no tables"
            continue
        assert values == list(range(len(values)))
        assert verify_chain(copy / "journal.db").ok


def test_a_killed_journal_on_a_read_only_medium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    journal = killed(tmp_path)
    connect = sqlite3.connect

    def refuse(path: object, *args: object, **options: object) -> sqlite3.Connection:
        if journal.parent.as_uri() in str(path):
            raise sqlite3.OperationalError("unable to open database file")
        return connect(path, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("labctl.journal.reader.sqlite3.connect", refuse)
    with Reader(journal) as reader:
        copy = reader.connection.execute("PRAGMA database_list").fetchone()[2]
        assert len(reader.readings(1, "c")) == 2500
    assert not os.path.exists(copy), "the copy is gone"


def test_another_schema_version_is_refused_in_words(tmp_path: Path) -> None:
    where = folder(tmp_path)
    write(where, one_of_everything)
    connection = sqlite3.connect(where.journal)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(
        JournalError, match="schema version 99; this labctl reads up to 3"
    ) as caught:
        Reader(where.journal)
    assert "newer" in caught.value.remedy


def test_another_database_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE x (y)")
    connection.close()
    with pytest.raises(JournalError, match="no journal of labctl"):
        Reader(other)


def test_a_journal_is_read_while_it_is_written(tmp_path: Path) -> None:
    where = folder(tmp_path)

    async def work(journal: object) -> None:
        await one_of_everything(journal)  # type: ignore[arg-type]
        with Reader(where.journal) as reader:
            assert len(reader.readings(1, "sweep/voltage")) == 25

    write(where, work)
