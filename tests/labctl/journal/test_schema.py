"""Journals of every schema version are read, and checked as they were written."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from labctl.errors import JournalError
from labctl.journal import Journal
from labctl.journal.checking import verify_chain
from labctl.journal.reader import Reader
from labctl.journal.schema import SCHEMA_VERSION, STATEMENTS, tables
from tests.labctl.journal.writing import folder, one_of_everything, write

VERSIONS = Path(__file__).parent / "versions"
EARLIER = [version for version in STATEMENTS if version < SCHEMA_VERSION]


def copied(version: int, tmp_path: Path) -> Path:
    """The journal as that version wrote it, with the attachment it names."""
    shutil.copy(VERSIONS / f"{version}.db", tmp_path / "journal.db")
    (tmp_path / "attachments").mkdir()
    name = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    (tmp_path / "attachments" / name).write_bytes(b"foo")
    return tmp_path / "journal.db"


@pytest.fixture(params=list(STATEMENTS))
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A journal of each version, the present one among them."""
    return copied(request.param, tmp_path)


def test_every_version_is_kept() -> None:
    """After a change of the format before its release: python -m tests.labctl.journal.writing."""
    assert sorted(path.stem for path in VERSIONS.iterdir()) == [str(one) for one in STATEMENTS]


def test_an_earlier_journal_is_read_as_it_was_written(kept: Path, tmp_path: Path) -> None:
    where = folder(tmp_path / "now")
    write(where, one_of_everything)
    with Reader(kept) as before, Reader(where.journal) as now:
        assert before.items() == now.items()
        assert before.readings(1, "sweep/voltage") == now.readings(1, "sweep/voltage")
        assert before.steps(1)[0] == now.steps(1)[0]
        assert before.version in STATEMENTS


def test_its_chain_holds_and_a_changed_row_shows(kept: Path) -> None:
    assert verify_chain(kept).ok
    connection = sqlite3.connect(kept)
    connection.execute("UPDATE readings SET value = 9.0 WHERE rowid = 3")
    connection.commit()
    connection.close()
    assert not verify_chain(kept).ok


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_one_is_not_written_to(tmp_path: Path, version: int) -> None:
    path = copied(version, tmp_path)
    before = path.read_bytes()
    with pytest.raises(JournalError, match="reads and does not write") as caught:
        Journal(path, tmp_path / "attachments", virtual=True, resumed=True)
    assert caught.value.remedy
    assert path.read_bytes() == before


def test_the_present_one_is_gone_on_with(tmp_path: Path) -> None:
    path = copied(SCHEMA_VERSION, tmp_path)
    Journal(path, tmp_path / "attachments", virtual=True, resumed=True).close()
    assert verify_chain(path).ok


def test_versions_only_add_tables() -> None:
    for version in EARLIER:
        assert set(STATEMENTS[version]) < set(STATEMENTS[version + 1])
        assert len(tables(version)) < len(tables(version + 1))
