"""What is typed comes as text, whatever the code page; the end of the input is told."""

from __future__ import annotations

import os
import threading

import pytest

from labctl.platform.standard_input import decoded, watch_lines


class Stdin:
    """Stands for standard input, read by its number."""

    def __init__(self, number: int, encoding: str = "utf-8") -> None:
        self.number = number
        self.encoding = encoding

    def fileno(self) -> int:
        return self.number


@pytest.mark.parametrize("told", ["utf-8", "cp936", "ascii"])
def test_utf_8_is_read_as_such_in_every_code_page(
    told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(0, told))
    assert decoded("李雷\r".encode()) == "李雷"


def test_what_is_no_utf_8_is_read_in_the_code_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(0, "cp936"))
    monkeypatch.setattr("os.device_encoding", lambda _: None)
    assert decoded("李雷".encode("cp936")) == "李雷"
    monkeypatch.setattr("sys.stdin", Stdin(0, "utf-8"))
    monkeypatch.setattr("os.device_encoding", lambda _: "cp936")
    assert decoded("李雷".encode("cp936")) == "李雷"
    monkeypatch.setattr("os.device_encoding", lambda _: "utf-8")
    assert "\ufffd" in decoded("李雷".encode("cp936")), "what nobody can read is no error"


def test_lines_come_one_by_one_and_then_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    read, written = os.pipe()
    monkeypatch.setattr("sys.stdin", Stdin(read))
    lines: list[str] = []
    ended = threading.Event()
    watch_lines(lines.append, ended.set)
    os.write(written, b"one\ntwo\n")
    os.close(written)
    assert ended.wait(30.0)
    assert lines == ["one", "two"]
    os.close(read)


def test_without_standard_input_it_has_ended_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    ended = threading.Event()
    watch_lines([].append, ended.set)
    assert ended.is_set()
