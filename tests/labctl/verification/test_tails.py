from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from labctl import manifest, register
from labctl.journal.witness import Witness
from labctl.register import Entry
from labctl.runfolder import RunFolder
from labctl.verification import verify_run
from labctl.verification.tails import TAIL, lost
from tests.labctl.verification.done import done


def shortened(run: Path, by: int) -> tuple[int, int]:
    """Take whole transactions off the end, as a torn log does; returns what was and is there."""
    with closing(sqlite3.connect(run / "journal.db", isolation_level=None)) as connection:
        (last,) = connection.execute("SELECT max(tx) FROM chain").fetchone()
        for tx in range(last, last - by, -1):
            (text,) = connection.execute(f"SELECT counts FROM chain WHERE tx = {tx}").fetchone()
            for table, count in msgspec.json.decode(text, type=dict[str, int]).items():
                connection.execute(
                    f"DELETE FROM {table} WHERE rowid > (SELECT max(rowid) FROM {table}) - {count}"
                )
            connection.execute(f"DELETE FROM chain WHERE tx = {tx}")
    return last, last - by


def as_if_it_went_on(run: Path) -> None:
    known = manifest.read(run)
    manifest.write(run, msgspec.structs.replace(known, state="running", journal_sha256=""))


def rewritten(runs: Path, entries: list[Entry]) -> None:
    (runs / register.FILE).unlink()
    for entry in entries:
        register.append(runs, entry)


def test_a_closed_run_that_is_shorter_is_lost_to_all_that_know_it(tmp_path: Path) -> None:
    run = done(tmp_path)
    was, now = shortened(run, 1)
    found = [one for one in verify_run(run).problems if one.kind == "lost"]
    assert len(found) == 2, "manifest and register"
    for problem in found:
        assert f"ends with transaction {now}" in problem.text and f"knows {was}" in problem.text


def test_a_killed_run_that_is_shorter_than_its_witness(tmp_path: Path) -> None:
    run = done(tmp_path)
    as_if_it_went_on(run)
    rewritten(tmp_path, register.entries(tmp_path)[:1])
    head = verify_run(run).head
    was, now = shortened(run, 2)
    assert verify_run(run).ok, "nobody knows that it was longer"
    witness = Witness(run / "journal.db")
    witness.tell(was, head)
    witness.close()
    (problem,) = verify_run(run).problems
    assert problem.kind == "lost"
    assert problem.text.startswith(f"the journal ends with transaction {now}, journal.head knows")
    assert f"transaction {now + 1}..{was} is lost" in problem.text
    (change,) = lost(RunFolder(run))
    assert (change.id, change.was, change.now) == (TAIL, f"tx {was}", f"tx {now}")
    assert change.measures


def test_nothing_is_lost_of_a_run_that_is_as_long_as_it_was(tmp_path: Path) -> None:
    assert lost(RunFolder(done(tmp_path))) == ()


def test_a_witness_of_another_chain(tmp_path: Path) -> None:
    run = done(tmp_path)
    witness = Witness(run / "journal.db")
    witness.tell(2, "ab" * 32)
    witness.close()
    assert [one.text for one in verify_run(run).problems] == [
        "journal.head names another head of the chain"
    ]


def test_a_run_gone_on_with_after_a_loss_keeps_saying_so(tmp_path: Path) -> None:
    run = done(tmp_path)
    begun, ended = register.entries(tmp_path)
    longer = msgspec.structs.replace(
        ended, event="interrupted", transactions=ended.transactions + 5, head="ab" * 32
    )
    resumed = msgspec.structs.replace(begun, event="resumed")
    rewritten(tmp_path, [begun, longer, resumed, ended])
    report = verify_run(run)
    assert report.ok
    assert "gone on with from an earlier one" in report.remarks[0]
