from __future__ import annotations

from pathlib import Path

import pytest

from labctl.journal import Journal, witness
from labctl.journal.chain import last_link
from labctl.journal.reader import Reader
from labctl.journal.witness import Stand, Witness
from tests.labctl.journal.writing import folder, volts, write


def test_it_tells_the_last_and_is_written_over_in_place(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    one = Witness(journal)
    one.tell(9, "ab" * 32)
    size = witness.path_of(journal).stat().st_size
    one.tell(123456, "cd" * 32)
    one.close()
    assert witness.told(journal) == Stand(123456, "cd" * 32)
    assert witness.path_of(journal).stat().st_size == size


def test_one_that_is_there_is_kept_until_the_next_commit(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    first = Witness(journal)
    first.tell(5, "ab" * 32)
    first.close()
    Witness(journal).close()
    assert witness.told(journal) == Stand(5, "ab" * 32)


@pytest.mark.parametrize("content", ["", "5", "five head", "5 head more", "é"])
def test_half_a_line_tells_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "journal.head").write_text(content, encoding="utf-8")
    assert witness.told(tmp_path / "journal.db") is None


def test_it_names_every_commit_before_anybody_is_told_of_it(tmp_path: Path) -> None:
    where = folder(tmp_path)

    async def work(journal: Journal) -> None:
        item = journal.item("x", {}, "", "")
        for index in range(5):
            await journal.record(item, "c", [volts(float(index))], None)
            await journal.flush()
            with Reader(where.journal) as reader:
                link = last_link(reader.connection)
            assert witness.told(where.journal) == Stand(link.tx, link.head.hex())

    write(where, work)
    assert witness.told(where.journal) is None, "a journal that was closed needs none"
