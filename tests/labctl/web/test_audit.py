from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from labctl.web.audit import FILE, Actor, Audit, Checked, verify
from tests.labctl.web.houses import Wall

Change = Callable[[list[bytes]], list[bytes]]
SHE = Actor("ann", "engineer", "192.0.2.1")


def log(folder: Path, lines: int = 5) -> Audit:
    audit = Audit(folder, Wall())
    for number in range(lines):
        audit.note(SHE, "start", f"1.1-0{number}", {"seed": number})
    return audit


def changed(folder: Path, change: Change) -> Checked:
    log(folder)
    path = folder / FILE
    path.write_bytes(b"\n".join([*change(path.read_bytes().splitlines()), b""]))
    return verify(folder)


def test_a_whole_log_holds_and_says_who_did_what(tmp_path: Path) -> None:
    audit = log(tmp_path)
    assert verify(tmp_path) == Checked(5)
    last = list(audit.entries())[-1]
    assert (last.number, last.who, last.action, last.subject) == (5, "ann", "start", "1.1-04")
    assert last.utc == "2026-01-02T03:04:05.000+00:00" and last.detail == {"seed": 4}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda rows: [rows[0], rows[1].replace(b"ann", b"bob"), *rows[2:]], 3),
        (lambda rows: [*rows[:4], rows[4].replace(b"ann", b"bob")], 5),
        (lambda rows: [*rows[:2], *rows[3:]], 3),
        (lambda rows: [*rows[:2], rows[1], *rows[2:]], 3),
        (lambda rows: rows[:3], 4),
        (lambda rows: rows[1:], 1),
        (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], 2),
    ],
    ids=["altered", "last altered", "removed", "added", "cut off", "first gone", "exchanged"],
)
def test_the_first_broken_line_is_told(tmp_path: Path, change: Change, line: int) -> None:
    found = changed(tmp_path, change)
    assert not found.holds and found.broken == line and found.why


def test_lines_that_somebody_appended_are_found(tmp_path: Path) -> None:
    audit = log(tmp_path)
    head = (tmp_path / "audit.head").read_bytes()
    for _ in range(2):
        audit.note(SHE, "start", "forged")
    (tmp_path / "audit.head").write_bytes(head)
    assert verify(tmp_path).broken == 6


def test_a_line_whose_name_was_not_written_any_more_is_no_forgery(tmp_path: Path) -> None:
    audit = log(tmp_path)
    head = (tmp_path / "audit.head").read_bytes()
    audit.note(SHE, "start", "the machine stopped right after")
    (tmp_path / "audit.head").write_bytes(head)
    assert verify(tmp_path).holds


def test_a_torn_last_line_is_told_and_the_log_goes_on(tmp_path: Path) -> None:
    audit = log(tmp_path)
    with open(audit.path, "ab") as file:
        file.write(b'{"utc":"2026-01-')
    assert verify(tmp_path) == Checked(6, torn=(6,))
    audit.note(SHE, "start", "after the crash")
    assert verify(tmp_path) == Checked(7, torn=(6,))
    assert [entry.number for entry in audit.entries()] == [1, 2, 3, 4, 5, 7]


def test_without_its_head_it_does_not_hold(tmp_path: Path) -> None:
    log(tmp_path)
    (tmp_path / "audit.head").unlink()
    assert not verify(tmp_path).holds
