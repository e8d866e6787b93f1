"""`labctl talk` at the end of a pipe, in a process of its own and in this one."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest

from labctl.leases import taken
from tests.labctl.cli.conftest import Command


def _answer(listener: socket.socket) -> None:
    """Answers each line that ends with `?`, one client after the other."""
    with suppress(OSError):
        while True:
            line, _ = listener.accept()
            with line, line.makefile("rwb", buffering=0) as stream:
                for text in stream:
                    if text.endswith(b"?\n"):
                        stream.write(b"answer to " + text)


@pytest.fixture
def port() -> Generator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_answer, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def test_lines_of_a_pipe(port: int, tmp_path: Path) -> None:
    trace = tmp_path / "talk.jsonl"
    done = subprocess.run(
        [sys.executable, "-m", "labctl", "talk", f"tcp://127.0.0.1:{port}", "--trace", str(trace)],
        input="*IDN?\n:OUTP ON\nREAD?\n",
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LABCTL_LEASES": str(tmp_path)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["answer to *IDN?", "answer to READ?"]
    rows = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    assert [row.get("sent") for row in rows] == [None, "*IDN?", ":OUTP ON", "READ?"]


def test_a_line_that_fails_is_told_and_the_next_one_carried_out(
    labctl: Command, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("< SILENT\nREAD?\n"))
    answer = labctl("talk", f"tcp://127.0.0.1:{port}", "--timeout", "0.05")
    assert answer.code == 3
    assert answer.out == "answer to READ?\n"
    assert answer.err.count("\n") == 1
    assert "command: SILENT" in answer.err


def test_an_instrument_that_a_run_holds_is_left_alone(
    labctl: Command, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"tcp://127.0.0.1:{port}"
    with taken({"psu": address}, "a-run", tmp_path / "leases"):
        monkeypatch.setattr(sys, "stdin", io.StringIO("READ?\n"))
        answer = labctl("talk", address)
        assert (answer.code, answer.out) == (3, "")
        assert "a-run" in answer.err and "--force" in answer.err
        answer = labctl("talk", address, "--force")
        assert (answer.code, answer.out) == (0, "answer to READ?\n")
        assert answer.err.startswith("warning:") and "a-run" in answer.err
    monkeypatch.setattr(sys, "stdin", io.StringIO("READ?\n"))
    assert labctl("talk", address).err == ""


@pytest.mark.parametrize(
    ("address", "remedy"),
    [
        ("COM3", "scheme"),
        ("tcp://127.0.0.1", "host:port"),
        ("tcp://127.0.0.1:1", "check host and port"),
        ("serial:///dev/no-such-port", "port"),
        ("process://no-such-program", "PATH"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line(
    labctl: Command, address: str, remedy: str
) -> None:
    answer = labctl("talk", address)
    assert answer.code == 3
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert remedy in answer.err
