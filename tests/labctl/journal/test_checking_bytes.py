"""Any altered byte of a journal is found, or lies where nothing is kept. All bytes: ci/soak."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from labctl.journal import verify_chain
from tests.labctl.journal.flipping import changed, content, found, places
from tests.labctl.journal.writing import folder, one_of_everything, write

SEED = 20261123
EVERY = 41


def test_every_so_many_th_byte(tmp_path: Path) -> None:
    where = folder(tmp_path / "run")
    write(where, one_of_everything)
    whole, before = where.journal.read_bytes(), content(where.journal)
    rng = np.random.default_rng(SEED)
    inside: list[int] = []
    for place in places(len(whole), EVERY):
        changed(where.journal, whole, place, int(rng.integers(1, 256)))
        if found(where.journal, before):
            inside.append(place)
    assert len({place // 4096 for place in inside}) > 10, "rows of most tables were hit"


def test_every_byte_of_a_row_is_covered(tmp_path: Path) -> None:
    """The bytes that a text occupies in the file, each of them changed."""
    where = folder(tmp_path / "run")
    write(where, one_of_everything)
    whole, before = where.journal.read_bytes(), content(where.journal)
    text = b"manual, table 3"
    start = whole.index(text)
    for place in range(start, start + len(text)):
        changed(where.journal, whole, place, 1)
        assert found(where.journal, before)


def test_a_page_that_is_gone_is_a_report(tmp_path: Path) -> None:
    where = folder(tmp_path / "run")
    write(where, one_of_everything)
    whole = where.journal.read_bytes()
    shutil.copyfile(where.journal, tmp_path / "kept")
    before = content(tmp_path / "kept")
    for first in range(0, len(whole), 4096):
        where.journal.write_bytes(whole[:first] + bytes(4096) + whole[first + 4096 :])
        assert found(where.journal, before)


def test_an_attachment_whose_name_was_altered_is_a_report(tmp_path: Path) -> None:
    where = folder(tmp_path / "run")
    write(where, one_of_everything)
    for sql in ("NULL", "'../journal.db'", "x'00'"):
        with closing(sqlite3.connect(where.journal)) as connection:
            connection.execute(f"UPDATE attachments SET sha256 = {sql}")
            connection.commit()
        assert any("damaged name" in one for one in verify_chain(where.journal).problems)
