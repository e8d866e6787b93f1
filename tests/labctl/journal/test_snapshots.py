from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from labctl import clock
from labctl.journal import Journal, verify_chain
from labctl.journal.batch import World
from labctl.journal.snapshots import snapshot_sha256
from tests.labctl.journal.writing import folder, write


async def three_worlds(journal: Journal) -> None:
    item = journal.item("1.1-03", {}, "procedures.x", "")
    for index in range(3):
        await clock.sleep(1.0)
        attempt = journal.attempt(item, f"s{index}", 1)
        await journal.finish(attempt, "1", World(item, f"state {index}".encode()))


def test_snapshots_that_the_chain_names_are_no_problem(tmp_path: Path) -> None:
    where = folder(tmp_path)
    write(where, three_worlds)
    assert verify_chain(where.journal).ok


@pytest.mark.parametrize(
    "change",
    [
        "SET state = x'00'",
        "SET t = t + 1e-9",
        "SET item = 2",
        "SET sha256 = 'ab'",
        "SET slot = slot + 2",
        "SET state = NULL",
    ],
)
def test_whatever_is_changed_in_a_snapshot_shows(tmp_path: Path, change: str) -> None:
    where = folder(tmp_path)
    write(where, three_worlds)
    connection = sqlite3.connect(where.journal)
    connection.execute(f"UPDATE snapshots {change}")
    connection.commit()
    connection.close()
    assert any("snapshot" in problem for problem in verify_chain(where.journal).problems)


def test_a_version_says_what_its_hash_covers() -> None:
    assert snapshot_sha256(2, 1, 1.0, b"a") == snapshot_sha256(2, 2, 3.0, b"a")
    several = {snapshot_sha256(3, *one, b"a") for one in ((1, 1.0), (2, 1.0), (1, 2.0))}
    assert len(several) == 3
