"""A line of the register that is changed, removed or cut off is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labctl.register import FILE, HEAD, Entry, append, entries, known_last
from labctl.registercheck import problems
from labctl.verification import verify_all
from tests.labctl.verification.done import done

WRITER = """
import sys
from pathlib import Path
from labctl.register import Entry, append
for index in range(15):
    name = f"{sys.argv[2]}{index}"
    append(Path(sys.argv[1]), Entry(
        run=name, event="begun", utc="2026", transactions=0, head="h", content="c"))
"""


def fill(runs: Path, *names: str) -> None:
    for name in names:
        entry = Entry(run=name, event="begun", utc="2026", transactions=0, head="h", content="c")
        append(runs, entry)


def lines_of(runs: Path) -> list[bytes]:
    return (runs / FILE).read_bytes().splitlines(keepends=True)


def test_a_whole_register_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path) == []
    fill(tmp_path, *"abc")
    assert problems(tmp_path) == []


@pytest.mark.parametrize("line", range(4))
def test_any_removed_line_is_told(tmp_path: Path, line: int) -> None:
    fill(tmp_path, *"abcd")
    kept = lines_of(tmp_path)
    del kept[line]
    (tmp_path / FILE).write_bytes(b"".join(kept))
    assert any("cut off" in text for text in problems(tmp_path))


@pytest.mark.parametrize("line", range(4))
def test_any_altered_line_is_told(tmp_path: Path, line: int) -> None:
    fill(tmp_path, *"abcd")
    changed = lines_of(tmp_path)
    changed[line] = changed[line].replace(b'"2026"', b'"2027"')
    (tmp_path / FILE).write_bytes(b"".join(changed))
    assert problems(tmp_path)


def test_a_register_that_is_gone_is_told(tmp_path: Path) -> None:
    fill(tmp_path, *"ab")
    (tmp_path / FILE).unlink()
    assert problems(tmp_path) == ["the register of runs is gone; it had 2 lines"]


def test_an_end_that_is_cut_off_with_its_witness_is_known_from_the_manifest(tmp_path: Path) -> None:
    run = done(tmp_path)
    (tmp_path / FILE).write_bytes(lines_of(tmp_path)[0])
    (tmp_path / HEAD).unlink()
    assert problems(tmp_path) == [f"the register of runs lacks the end of {run.name}"]
    assert verify_all(tmp_path).exit_code == 3


def test_verify_all_tells_a_removed_entry(tmp_path: Path) -> None:
    done(tmp_path)
    assert verify_all(tmp_path).exit_code == 0
    fill(tmp_path, "x")
    (tmp_path / FILE).write_bytes(b"".join(lines_of(tmp_path)[:-1]))
    assert any("cut off" in problem.text for problem in verify_all(tmp_path).problems)


def test_two_processes_keep_the_chain_and_the_numbers(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [subprocess.Popen([*command, name]) for name in "ab"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    assert [one.number for one in entries(tmp_path)] == list(range(1, 31))
    last = known_last(tmp_path)
    assert problems(tmp_path) == [] and last is not None and last.number == 30


def test_numbers_that_do_not_go_up_are_told(tmp_path: Path) -> None:
    fill(tmp_path, "a")
    (tmp_path / HEAD).unlink()
    (tmp_path / FILE).write_bytes(lines_of(tmp_path)[0].replace(b'"number":1', b'"number":7'))
    fill(tmp_path, "b")
    text = (tmp_path / FILE).read_bytes().replace(b'"number":8', b'"number":7')
    (tmp_path / FILE).write_bytes(text)
    (tmp_path / HEAD).unlink()
    assert problems(tmp_path) == ["the register of runs: number 7 comes after number 7"]
