from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from labctl import clock
from labctl.errors import JournalError
from labctl.journal import Journal
from labctl.journal.place import Place
from tests.labctl.journal.writing import folder, volts

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="a file that is open cannot be taken away there"
)


def test_files_that_stay_are_where_they_were(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    journal.touch()
    place = Place(journal)
    place.check()
    (tmp_path / "journal.db-wal").touch()
    place.check()


@pytest.mark.parametrize("name", ["journal.db", "journal.db-wal"])
@pytest.mark.parametrize("exchanged", [False, True])
def test_a_commit_into_a_file_that_is_gone_is_no_commit(
    tmp_path: Path, name: str, exchanged: bool
) -> None:
    where = folder(tmp_path)
    journal = Journal(where.journal, where.attachments, virtual=True)

    async def work() -> None:
        item = journal.item("x", {}, "", "")
        await journal.record(item, "c", [volts(1.0)], None)
        await journal.flush()
        os.rename(where.path / name, where.path / "elsewhere")
        if exchanged:
            (where.path / name).write_bytes((where.path / "elsewhere").read_bytes())
        await journal.record(item, "c", [volts(2.0)], None)
        with pytest.raises(JournalError, match="taken away or exchanged") as caught:
            await journal.flush()
        assert caught.value.remedy and caught.value.address == str(where.journal)

    clock.run(work(), virtual=True)
    with pytest.raises(JournalError):
        journal.close()
