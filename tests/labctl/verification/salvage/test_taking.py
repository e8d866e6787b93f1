from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from labctl.errors import JournalError, UsageError
from labctl.journal import opening
from labctl.journal.reader import Reader
from labctl.platform.locks import locked
from labctl.report.write import write_report
from labctl.runfile import list_runs, open_run
from labctl.runfolder import LOCK, RunFolder
from labctl.verification import verify_all, verify_run
from labctl.verification.salvage import is_salvage, take
from tests.labctl.verification.done import alter, damage, done


def root(run: Path, table: str) -> int:
    """The page at which a table begins."""
    with closing(sqlite3.connect(run / "journal.db")) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return connection.execute(sql, (table,)).fetchone()[0]


def test_a_salvage_is_marked_and_never_whole(tmp_path: Path) -> None:
    run, into = done(tmp_path / "runs"), tmp_path / "runs" / "saved"
    damage(run, root(run, "events"))
    take(run, into)
    assert is_salvage(into) and not is_salvage(run)
    found = verify_run(into)
    assert "salvage" in found.problems[0].text and found.exit_code == 3
    (into / "salvage.json").unlink()
    assert not verify_run(into).ok, "its journal is marked too"
    with pytest.raises(JournalError, match="is a salvage"):
        opening.existing(into / "journal.db")


def test_its_verdicts_are_void_and_it_can_be_shown(tmp_path: Path) -> None:
    run, into = done(tmp_path), tmp_path / "saved"
    damage(run, root(run, "events"))
    take(run, into)
    (item,) = open_run(into).items
    assert item.verdict is not None and item.verdict.outcome == "INVALID"
    assert item.verdict.reasons == ("salvaged from a damaged journal, where it had come to PASS",)
    assert open_run(into).state == "interrupted"
    assert len(open_run(into).readings(item.id, "burst/resistance")) == 10
    assert "salvaged" in write_report(into).read_text(encoding="utf-8")


def test_an_item_without_a_verdict_is_incomplete(tmp_path: Path) -> None:
    run = done(tmp_path)
    alter(run, "DELETE FROM facts WHERE name = 'verdict'")
    take(run, tmp_path / "saved")
    (item,) = open_run(tmp_path / "saved").items
    assert item.verdict is not None and item.verdict.outcome == "INCOMPLETE"


def test_lost_rows_are_listed_with_the_transactions_they_belong_to(tmp_path: Path) -> None:
    run = done(tmp_path)
    with Reader(run / "journal.db") as reader:
        ((readings,),) = reader.rows("SELECT count(*) FROM readings")
        ((steps,),) = reader.rows("SELECT count(*) FROM steps")
    damage(run, root(run, "readings"))
    saved = take(run, tmp_path / "saved")
    assert saved.tables["readings"].lost == ((1, readings),)
    assert saved.tables["steps"].read == steps and not saved.tables["steps"].lost
    assert saved.whole < saved.transactions and not saved.lost
    spoiled = sum(last - first + 1 for first, last in saved.spoiled)
    assert spoiled == saved.transactions - saved.whole


def test_an_altered_row_is_read_and_doubtful(tmp_path: Path) -> None:
    run = done(tmp_path)
    alter(run, "UPDATE readings SET value = 9.0 WHERE rowid = 3")
    saved = take(run, tmp_path / "saved")
    assert saved.tables["readings"].lost == ()
    assert saved.whole == saved.transactions - 1
    ((first, last),) = saved.tables["readings"].doubtful
    assert first <= 3 <= last


def test_a_row_of_the_chain_that_is_gone(tmp_path: Path) -> None:
    run = done(tmp_path)
    alter(run, "DELETE FROM chain WHERE tx = 2")
    saved = take(run, tmp_path / "saved")
    assert saved.lost == ((2, 2),)
    assert saved.spoiled == ((3, 3),), "what follows the gap cannot be proved"
    assert saved.whole == saved.transactions - 2


@pytest.mark.parametrize("page", [1, "chain"])
def test_the_schema_and_the_chain_may_be_gone(tmp_path: Path, page: int | str) -> None:
    run = done(tmp_path)
    damage(run, page if isinstance(page, int) else root(run, page))
    saved = take(run, tmp_path / "saved")
    assert saved.tables["items"].read == 1 and saved.tables["readings"].read > 10
    assert saved.whole == (saved.transactions if page == 1 else 0)
    assert saved.transactions > 0, "the manifest knows how many there were"


def test_attachments_that_are_what_they_were_are_kept(tmp_path: Path) -> None:
    run = done(tmp_path)
    damage(run, root(run, "events"))
    saved = take(run, tmp_path / "first")
    (name,) = saved.attachments
    assert (tmp_path / "first" / "attachments" / name).is_file()
    (run / "attachments" / name).write_bytes(b"other")
    assert take(run, tmp_path / "second").attachments_lost == (name,)


def test_salvages_are_no_runs(tmp_path: Path) -> None:
    run = done(tmp_path)
    damage(run, root(run, "events"))
    take(run, tmp_path / "saved")
    assert [one.path for one in list_runs(tmp_path)] == [run]
    assert [one.path for one in verify_all(tmp_path).runs] == [run]


def test_what_cannot_be_salvaged(tmp_path: Path) -> None:
    run = done(tmp_path)
    with pytest.raises(UsageError, match="there already"):
        take(run, tmp_path)
    with locked(run / LOCK), pytest.raises(UsageError, match="goes on"):
        take(run, tmp_path / "saved")
    for content in (b"", b"no journal" * 5000, bytes(200_000)):
        RunFolder(run).journal.write_bytes(content)
        with pytest.raises(JournalError, match="can be read"):
            take(run, tmp_path / "saved")
        assert not (tmp_path / "saved").exists()
    RunFolder(run).journal.unlink()
    with pytest.raises(JournalError, match="there is no journal"):
        take(run, tmp_path / "saved")
