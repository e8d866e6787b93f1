"""What is written into the journal of a dead run leaves it in good order."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl import manifest, register
from labctl.afterword import note
from labctl.errors import JournalError, UsageError
from labctl.journal.reader import Reader
from labctl.journal.standing import last_moment
from labctl.platform.locks import locked
from labctl.runfile import open_run
from labctl.runfolder import LOCK, RunFolder, file_sha256
from tests.labctl.dead_runs import dead_run
from tests.runcheck import check_run

EVENTS = [("worker", "killed by signal 9"), ("rescue", "pv-9: safe: smu in 0.25 s")]


def told(folder: RunFolder) -> list[tuple[str, str]]:
    with Reader(folder.journal) as reader:
        rows = list(reader.rows("SELECT kind, text FROM events ORDER BY rowid"))
    return [(kind, text.partition(": ")[2]) for kind, text in rows]


@pytest.mark.parametrize("virtual", [False, True])
def test_events_are_appended_and_the_chain_is_whole(tmp_path: Path, virtual: bool) -> None:
    folder = dead_run(tmp_path, virtual=virtual)
    note(folder.path, EVENTS)
    note(folder.path, [("guardian", "gone")])
    assert told(folder) == [*EVENTS, ("guardian", "gone")]
    assert check_run(folder.path) == ()
    assert manifest.read(folder.path).state == "running"
    assert [entry.event for entry in register.entries(tmp_path)] == ["begun"]


def test_the_last_moment_of_the_run_stays_what_it_was(tmp_path: Path) -> None:
    folder = dead_run(tmp_path)
    with Reader(folder.journal) as reader:
        before = last_moment(reader)
    note(folder.path, EVENTS, close=True)
    with Reader(folder.journal) as reader:
        assert last_moment(reader) == before
        [(text,)] = reader.rows("SELECT text FROM events WHERE kind = 'worker'")
    assert text.startswith("20") and "+00:00: killed" in text, "it says when that was"


def test_a_killed_run_is_closed_as_interrupted(tmp_path: Path) -> None:
    folder = dead_run(tmp_path)
    note(folder.path, EVENTS, close=True)
    known = manifest.read(folder.path)
    assert (known.state, open_run(folder.path).state) == ("interrupted", "interrupted")
    assert known.journal_sha256 == file_sha256(folder.journal)
    last = register.entries(tmp_path)[-1]
    assert (last.event, last.head, last.transactions) == (
        "interrupted",
        known.head,
        known.transactions,
    )
    assert check_run(folder.path) == ()


def test_the_manifest_of_a_closed_run_follows(tmp_path: Path) -> None:
    folder = dead_run(tmp_path, closed=True)
    ended = manifest.read(folder.path)
    note(folder.path, EVENTS)
    known = manifest.read(folder.path)
    assert (known.state, known.ended) == ("interrupted", ended.ended)
    assert known.transactions == ended.transactions + 1
    assert known.journal_sha256 == file_sha256(folder.journal)
    assert check_run(folder.path) == ()


def test_a_run_that_goes_on_is_left_alone(tmp_path: Path) -> None:
    folder = dead_run(tmp_path)
    with locked(folder.path / LOCK), pytest.raises(UsageError, match="goes on"):
        note(folder.path, EVENTS)
    assert told(folder) == []


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="holds no run"):
        note(tmp_path, EVENTS)
