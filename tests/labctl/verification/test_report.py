from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from labctl import manifest, register
from labctl.verification import verify_run
from tests.labctl.fakelab import fault
from tests.labctl.verification.done import alter, damage, done


def test_a_whole_run_comes_to_what_it_says(tmp_path: Path) -> None:
    report = verify_run(done(tmp_path, items=2))
    assert report.ok and report.exit_code == 0 and report.state == "done"
    assert [(one.outcome, one.recomputed) for one in report.verdicts] == [("PASS", "PASS")] * 2
    assert report.transactions > 0 and len(report.head) == 64
    assert json.loads(json.dumps(report.as_dict()))["ok"] is True


def test_an_item_that_erred_is_whole_and_not_passed(tmp_path: Path) -> None:
    report = verify_run(done(tmp_path, fault=fault()))
    assert report.ok and report.exit_code == 2
    assert report.verdicts[0].recomputed == "INCOMPLETE"


@pytest.mark.parametrize("page", [1, 2, 5, 12, 18])
def test_a_damaged_file_is_a_report(tmp_path: Path, page: int) -> None:
    run = done(tmp_path)
    damage(run, page)
    report = verify_run(run)
    assert not report.ok and report.exit_code == 3
    assert {one.kind for one in report.problems} == {"altered"}


def test_a_folder_that_holds_nothing_is_a_report(tmp_path: Path) -> None:
    report = verify_run(tmp_path)
    assert report.state == "missing" and report.exit_code == 3
    assert {one.kind for one in report.problems} == {"missing"}


def test_a_manifest_that_is_gone_or_none(tmp_path: Path) -> None:
    run = done(tmp_path)
    (run / manifest.FILE).write_text("{}", encoding="utf-8")
    assert [one.kind for one in verify_run(run).problems] == ["altered"]
    (run / manifest.FILE).unlink()
    assert [one.kind for one in verify_run(run).problems] == ["missing"]


def test_a_manifest_that_says_something_else(tmp_path: Path) -> None:
    run = done(tmp_path)
    manifest.write(run, msgspec.structs.replace(manifest.read(run), seed=8))
    assert [one.text for one in verify_run(run).problems] == [
        "manifest and journal name another seed"
    ]


def test_an_end_that_is_taken_out_of_the_manifest_is_known_to_the_register(tmp_path: Path) -> None:
    run = done(tmp_path)
    known = manifest.read(run)
    manifest.write(run, msgspec.structs.replace(known, state="running", journal_sha256=""))
    assert [one.text for one in verify_run(run).problems] == [
        "the manifest lacks the end that the register knows"
    ]


def test_a_run_that_was_exchanged_as_a_whole(tmp_path: Path) -> None:
    first, second = done(tmp_path), done(tmp_path)
    known = manifest.read(second)
    (first / "journal.db").write_bytes((second / "journal.db").read_bytes())
    manifest.write(first, msgspec.structs.replace(known, run=first.name))
    found = [one.text for one in verify_run(first).problems]
    assert any("the register of runs" in text and "another head" in text for text in found)


def test_a_copy_without_a_register_says_what_it_cannot_see(tmp_path: Path) -> None:
    run = done(tmp_path)
    (tmp_path / register.FILE).unlink()
    report = verify_run(run)
    assert report.ok
    assert "no register of runs" in report.remarks[0]


def test_a_run_that_the_register_beside_it_does_not_know(tmp_path: Path) -> None:
    run = done(tmp_path)
    done(tmp_path / "other")
    (tmp_path / register.FILE).write_bytes((tmp_path / "other" / register.FILE).read_bytes())
    assert [one.text for one in verify_run(run).problems] == [
        "the register of runs does not know this run"
    ]


def test_rows_that_were_added_afterwards(tmp_path: Path) -> None:
    run = done(tmp_path)
    alter(run, "INSERT INTO events VALUES (1, 0.0, 0.0, 'note', 'all went well')")
    found = [one.text for one in verify_run(run).problems]
    assert any("no transaction accounts for" in text for text in found)


def test_a_closed_file_with_a_byte_altered_where_nothing_is_kept(tmp_path: Path) -> None:
    run = done(tmp_path)
    data = bytearray((run / "journal.db").read_bytes())
    data[72] ^= 1  # reserved by SQLite for expansion
    (run / "journal.db").write_bytes(data)
    assert [one.text for one in verify_run(run).problems] == [
        "the journal's file is not the one that was closed"
    ]
