from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from labctl.journal.schema import EVENTS
from labctl.verification.salvage.reading import read_rows

ROWS = 3000


def table(path: Path) -> bytes:
    """A file with one table of many rows; its content."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(EVENTS.create)
        rows = ((1, 0.0, 0.0, "note", f"{number:0100d}") for number in range(ROWS))
        connection.executemany(EVENTS.insert, rows)
        connection.commit()
    return path.read_bytes()


def readable(path: Path, known: int) -> dict[int, str]:
    with closing(sqlite3.connect(path)) as connection:
        chunks = read_rows(connection, EVENTS, known, 10**6)
        return {number: row[4] for rows in chunks for number, row in rows}


def test_all_rows_of_a_whole_table(tmp_path: Path) -> None:
    table(tmp_path / "x.db")
    found = readable(tmp_path / "x.db", 0)
    assert found == {number + 1: f"{number:0100d}" for number in range(ROWS)}


def test_one_page_that_is_gone_costs_its_own_rows(tmp_path: Path) -> None:
    data = bytearray(table(tmp_path / "x.db"))
    for place in (30, 50):
        data[place * 4096 : (place + 1) * 4096] = bytes(4096)
    (tmp_path / "x.db").write_bytes(data)
    found = readable(tmp_path / "x.db", ROWS)
    assert ROWS - 80 < len(found) < ROWS - 40
    assert all(text == f"{number - 1:0100d}" for number, text in found.items())


def test_a_table_whose_end_is_gone_is_read_up_to_it(tmp_path: Path) -> None:
    data = table(tmp_path / "x.db")
    (tmp_path / "x.db").write_bytes(data[: len(data) // 2])
    found = readable(tmp_path / "x.db", ROWS)
    assert list(found) == list(range(1, len(found) + 1))


def test_a_table_that_does_not_tell_its_end_is_read_until_there_is_no_more(tmp_path: Path) -> None:
    data = bytearray(table(tmp_path / "x.db"))
    # The last page of the file holds the last rows: SQLite cannot tell the largest number.
    data[-4096:] = bytes(4096)
    (tmp_path / "x.db").write_bytes(data)
    found = readable(tmp_path / "x.db", 0)
    assert ROWS - 40 < len(found) < ROWS
    assert list(found) == list(range(1, len(found) + 1))
