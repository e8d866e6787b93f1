from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from labctl import clock
from labctl.journal import Journal, Reader, verify_chain
from tests.labctl.journal.writing import folder, one_of_everything


@pytest.mark.parametrize("querying", [False, True])
def test_a_journal_that_somebody_reads_is_whole_in_its_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, querying: bool
) -> None:
    monkeypatch.setattr("labctl.journal.closing.READERS", 50)
    where = folder(tmp_path / "run")
    journal = Journal(where.journal, where.attachments, virtual=True)
    clock.run(one_of_everything(journal), virtual=True)
    with Reader(where.journal) as reader:
        if querying:
            reader.connection.execute("BEGIN")
            reader.connection.execute("SELECT * FROM readings").fetchone()
        journal.close()
    assert verify_chain(where.journal).ok
    if not querying:
        alone = tmp_path / "alone.db"
        alone.write_bytes(where.journal.read_bytes())
        connection = sqlite3.connect(alone)
        assert connection.execute("SELECT count(*) FROM readings").fetchone() == (26,)
        connection.close()
