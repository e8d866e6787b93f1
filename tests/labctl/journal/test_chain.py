from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.errors import JournalError
from labctl.journal import ChainReport, dump, verify_chain
from labctl.journal.chain import GENESIS
from labctl.journal.schema import CHAIN, TABLES
from labctl.runfolder import RunFolder
from tests.labctl.journal.writing import folder, one_of_everything, write

NAMES = [table.name for table in (*TABLES, CHAIN)]
CELLS = [(table.name, column) for table in (*TABLES, CHAIN) for column in table.names]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    where = folder(tmp_path_factory.mktemp("original") / "run")
    write(where, one_of_everything)
    return where


@pytest.fixture
def journal(original: RunFolder, tmp_path: Path) -> Path:
    copy = tmp_path / "run"
    shutil.copytree(original.path, copy)
    return copy / "journal.db"


def tampered(journal: Path, *statements: str) -> ChainReport:
    connection = sqlite3.connect(journal)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return verify_chain(journal)


def test_an_untouched_journal_holds(original: RunFolder) -> None:
    report = verify_chain(original.journal)
    assert report.ok
    assert report.transactions == 5


def test_an_empty_journal_holds(tmp_path: Path) -> None:
    where = folder(tmp_path)

    async def nothing(journal: object) -> None:
        """Appends no row."""

    write(where, nothing)
    assert verify_chain(where.journal).transactions == 1
    assert GENESIS.tx == 0


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_a_changed_cell_is_found(journal: Path, table: str, column: str) -> None:
    sql = f"UPDATE {table} SET {column} = 987 WHERE rowid = (SELECT min(rowid) FROM {table})"
    assert not tampered(journal, sql).ok


@pytest.mark.parametrize("table", NAMES)
@pytest.mark.parametrize("which", ["min", "max"])
def test_a_removed_row_is_found(journal: Path, table: str, which: str) -> None:
    sql = f"DELETE FROM {table} WHERE rowid = (SELECT {which}(rowid) FROM {table})"
    assert not tampered(journal, sql).ok


@pytest.mark.parametrize("table", NAMES)
def test_an_added_row_is_found(journal: Path, table: str) -> None:
    columns = next(t for t in (*TABLES, CHAIN) if t.name == table).names
    values = ", ".join("99" for _ in columns)
    assert not tampered(journal, f"INSERT INTO {table} VALUES ({values})").ok


def test_reordered_rows_are_found(journal: Path) -> None:
    assert not tampered(
        journal,
        "UPDATE readings SET rowid = 1000 WHERE rowid = 1",
        "UPDATE readings SET rowid = 1 WHERE rowid = 2",
        "UPDATE readings SET rowid = 2 WHERE rowid = 1000",
    ).ok


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE extra (x)",
        "CREATE VIEW verdicts AS SELECT * FROM facts",
        "DROP INDEX readings_by_channel",
        "ALTER TABLE events ADD COLUMN more",
        "PRAGMA user_version = 9",
    ],
)
def test_a_changed_schema_is_found(journal: Path, sql: str) -> None:
    assert not tampered(journal, sql).ok


def test_the_last_transaction_cut_off_leaves_a_shorter_chain(journal: Path) -> None:
    """Cutting whole transactions off the end is what the manifest and the register find."""
    report = tampered(journal, "DELETE FROM chain WHERE tx = 3")
    assert not report.ok


def test_attachments_are_checked(journal: Path) -> None:
    file = next((journal.parent / "attachments").iterdir())
    file.write_bytes(b"bar")
    assert "changed" in verify_chain(journal).problems[0]
    file.unlink()
    assert "missing" in verify_chain(journal).problems[0]


def test_a_missing_file_is_a_problem_in_words(tmp_path: Path) -> None:
    assert "no journal" in verify_chain(tmp_path / "journal.db").problems[0]


@given(data=st.data())
def test_any_flipped_byte_is_found_or_lies_in_unused_space(
    data: st.DataObject, original: RunFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("flipped") / "run"
    shutil.copytree(original.path, copy)
    file = copy / "journal.db"
    content = bytearray(file.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content)
    if verify_chain(file).ok:
        assert dump(file) == dump(original.journal)


def test_dump_refuses_what_is_no_journal(tmp_path: Path) -> None:
    other = tmp_path / "journal.db"
    other.write_bytes(b"not a database, but long enough to be taken for one" * 20)
    with pytest.raises(JournalError, match="no journal"):
        dump(other)
