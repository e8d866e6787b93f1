from __future__ import annotations

import threading
from pathlib import Path

import pytest

from labctl.errors import JournalError
from labctl.register import FILE, Entry, append, entries, torn


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


def test_the_line_before_is_found_in_a_long_register(tmp_path: Path) -> None:
    for name in ("a", "b" * 9000, "c", "d"):
        append(tmp_path, entry(name))
    assert [len(one.run) for one in entries(tmp_path)] == [1, 9000, 1, 1]
    assert torn(tmp_path) == []


def test_torn_lines_are_numbered(tmp_path: Path) -> None:
    append(tmp_path, entry("a"))
    with open(tmp_path / FILE, "ab") as file:
        file.write(b'{"run":"tor')
    assert torn(tmp_path) == [2]


def test_one_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(JournalError, match="cannot be written") as caught:
        append(tmp_path, entry("a"))
    assert caught.value.remedy


def test_entries_are_numbered_from_one_and_a_torn_line_takes_a_number(tmp_path: Path) -> None:
    assert append(tmp_path, entry("a")).number == 1
    with open(tmp_path / FILE, "ab") as file:
        file.write(b'{"run":"tor')
    assert append(tmp_path, entry("b")).number == 3
    assert append(tmp_path, entry("c")).number == 4
    assert [one.number for one in entries(tmp_path)] == [1, 3, 4]


def test_numbers_go_on_behind_entries_that_have_none(tmp_path: Path) -> None:
    line = b'{"run":"old","event":"begun","utc":"2026","transactions":0,"head":"h","content":"c"}\n'
    (tmp_path / FILE).write_bytes(line)
    assert append(tmp_path, entry("new")).number == 2
    assert [(one.run, one.number, one.items) for one in entries(tmp_path)] == [
        ("old", 0, ()),
        ("new", 2, ()),
    ]
