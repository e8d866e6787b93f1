"""The process that carries out the run: started, or found again by a guardian that took over."""

from __future__ import annotations

import subprocess
from pathlib import Path

import msgspec

from labctl.errors import JournalError
from labctl.platform.processes import Process, find_process, is_alive, kill, start_apart

FILE = "worker.json"
LOG = "worker.log"


class Ward:
    """The worker `process` of a run; `child` where this guardian started it."""

    def __init__(self, process: Process, child: subprocess.Popen[bytes] | None = None) -> None:
        self.process = process
        self._child = child

    @property
    def has_ended(self) -> bool:
        """Whether it runs no more."""
        ended = self._child is None or self._child.poll() is not None
        return ended and not is_alive(self.process)

    def known_as(self, process: Process) -> None:
        """It says who it is: where Python is started by another program, another process."""
        self.process = process

    def kill(self) -> None:
        """End it at once; it may run on for a moment."""
        kill(self.process)
        if self._child is not None:
            self._child.kill()

    def told(self) -> str:
        """What is known of its end."""
        code = None if self._child is None else self._child.returncode
        if code is None:
            return "ended"
        return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"


def start(folder: Path) -> Ward:
    """Start the worker of the run in `folder`; its number is kept there for the next guardian."""
    child = start_apart(["-m", "labctl.worker", str(folder)], folder / LOG)
    process = find_process(child.pid) or Process(child.pid, "", "")
    keep(folder, process)
    return Ward(process, child)


def keep(folder: Path, process: Process) -> None:
    """Keep who the worker is, whole or not at all."""
    part = (folder / FILE).with_suffix(".part")
    part.write_bytes(msgspec.json.encode(process))
    part.replace(folder / FILE)


def find(folder: Path) -> Ward:
    """The worker that another guardian started; `JournalError` where there never was one."""
    try:
        return Ward(msgspec.json.decode((folder / FILE).read_bytes(), type=Process))
    except (OSError, msgspec.MsgspecError) as error:
        raise JournalError(f"{folder / FILE}: {error}") from error
