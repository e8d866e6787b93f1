from __future__ import annotations

import threading
from pathlib import Path

import pytest

from labctl.errors import JournalError
from labctl.register import FILE, Entry, append, entries


def entry(run: str) -> Entry:
    return Entry(run=run, event="begun", utc="2026", transactions=0, head="h", content="c")


def test_entries_come_back_in_order_and_chained(tmp_path: Path) -> None:
    assert entries(tmp_path) == []
    for name in "abc":
        append(tmp_path, entry(name))
    assert [one.run for one in entries(tmp_path)] == ["a", "b", "c"]
    assert len({one.previous for one in entries(tmp_path)}) == 3


@pytest.mark.parametrize("line", [0, 1])
def test_a_changed_or_removed_line_is_found(tmp_path: Path, line: int) -> None:
    for name in "abc":
        append(tmp_path, entry(name))
    lines = (tmp_path / FILE).read_bytes().splitlines(keepends=True)
    changed = [*lines]
    changed[line] = changed[line].replace(b'"head":"h"', b'"head":"x"')
    (tmp_path / FILE).write_bytes(b"".join(changed))
    with pytest.raises(JournalError, match=f"line {line + 2}"):
        entries(tmp_path)
    del lines[line]
    (tmp_path / FILE).write_bytes(b"".join(lines))
    with pytest.raises(JournalError):
        entries(tmp_path)


def test_a_torn_line_stays_and_the_chain_goes_on(tmp_path: Path) -> None:
    append(tmp_path, entry("a"))
    with open(tmp_path / FILE, "ab") as file:
        file.write(b'{"run":"tor')
    append(tmp_path, entry("b"))
    assert [one.run for one in entries(tmp_path)] == ["a", "b"]
    assert b'{"run":"tor\n' in (tmp_path / FILE).read_bytes()


def test_many_writers_at_once(tmp_path: Path) -> None:
    def work(name: str) -> None:
        for index in range(10):
            append(tmp_path, entry(f"{name}{index}"))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(entries(tmp_path)) == 40
