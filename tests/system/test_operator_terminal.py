"""A person at a real terminal: nonsense is asked again, in Chinese, whatever the code page."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from labctl.clock import stopwatch
from labctl.runfile import open_run

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals to type into", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]


def _terminal() -> tuple[int, int]:
    """Both ends of a new pseudo-terminal."""
    assert sys.platform != "win32"
    return os.openpty()


class Typist:
    """Types into a process' terminal when it asks; keeps what is shown."""

    def __init__(self, runs: Path, encoding: str) -> None:
        self.own, theirs = _terminal()
        self.shown = b""
        command = [sys.executable, "-m", "tests.system.prompting", str(runs), "terminal"]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=theirs,
            stderr=theirs,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)},
        )
        os.close(theirs)

    def until(self, text: str) -> None:
        """Wait until `text` is shown behind what was shown before."""
        wanted, deadline = text.encode("utf-8"), stopwatch() + 60.0
        while wanted not in self.shown:
            assert stopwatch() < deadline, self.shown.decode("utf-8", "replace")
            if select.select([self.own], [], [], 1.0)[0]:
                self.shown += os.read(self.own, 4096)
        self.shown = self.shown.partition(wanted)[2]

    def type(self, line: bytes) -> None:
        """Type a line."""
        os.write(self.own, line + b"\n")

    def end(self) -> str:
        """What the process printed on stdout; it has to end well."""
        out, _ = self.process.communicate(timeout=60.0)
        assert self.process.returncode == 0
        return out.decode("utf-8")

    def close(self) -> None:
        """Leave nothing behind."""
        os.close(self.own)
        self.process.kill()
        self.process.communicate()


@pytest.mark.parametrize("encoding", ["utf-8", "cp936"])
def test_nonsense_is_asked_again_and_names_come_in_any_code_page(
    tmp_path: Path, encoding: str
) -> None:
    typist = Typist(tmp_path, encoding)
    try:
        typist.until("Width of the strip")
        typist.until("1 … 20 mm")
        typist.type(b"wide")
        typist.until("请输入数字")
        typist.until("> ")
        typist.type("\uff10.\uff17 cm".encode(encoding))
        typist.until("The door is locked")
        typist.until("> ")
        typist.type("是".encode(encoding))
        typist.until("第二人的姓名")
        typist.type(b"Ann")
        typist.until("第二人必须与第一人不同")
        typist.until("> ")
        typist.type(b"y")
        typist.until("第二人的姓名")
        typist.type("李雷".encode(encoding))
        assert typist.end() == "7 mm, True\n"
    finally:
        typist.close()
    (journal,) = tmp_path.glob("*/journal.db")
    door = open_run(journal.parent).items[0].answers[-1]
    assert (door.said, door.who, door.second, door.source) == ("y", "Ann", "李雷", "person")


def test_a_closed_terminal_leaves_nobody_behind(tmp_path: Path) -> None:
    typist = Typist(tmp_path, "utf-8")
    try:
        typist.until("Width of the strip")
        os.write(typist.own, b"\x04")
        out, _ = typist.process.communicate(timeout=60.0)
        assert (typist.process.returncode, out) == (1, b""), "the process ends by itself"
    finally:
        typist.close()
    (journal,) = tmp_path.glob("*/journal.db")
    error = open_run(journal.parent).items[0].error
    assert error is not None and "closed before the answer" in error["message"]
