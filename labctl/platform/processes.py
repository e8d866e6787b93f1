"""Processes: started apart from the terminal, known again by their begin, killed and waited for.

A number of a process is given anew after its end, so a process is known by its number, the moment
of its begin and the boot of the system: another process that got the number is never killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec
import psutil

STATES_OF_ENDED = ("Z", "X")
"""States of Linux in which a process has ended and its parent has not asked for its exit code."""

if sys.platform == "win32":
    _FLAGS = (
        subprocess.DETACHED_PROCESS
        | subprocess.CREATE_NEW_PROCESS_GROUP
        | subprocess.CREATE_NO_WINDOW
    )
else:
    _FLAGS = 0


class Process(msgspec.Struct, frozen=True):
    """A process of this system: its number, when it began, and after which boot."""

    pid: int
    begun: str
    boot: str


def this_process() -> Process:
    """The process that asks."""
    return Process(os.getpid(), _begun(os.getpid()), boot_id())


def find_process(pid: int) -> Process | None:
    """The process that has the number `pid` now; None where there is none that runs."""
    begun = _begun(pid)
    return Process(pid, begun, boot_id()) if begun else None


def is_alive(process: Process) -> bool:
    """Whether it still runs."""
    return (
        process.boot == boot_id() and process.begun != "" and _begun(process.pid) == process.begun
    )


def kill(process: Process) -> None:
    """End it at once, whatever it does; it may run on for a moment. One that has ended is none."""
    if is_alive(process):
        with suppress(psutil.NoSuchProcess):
            psutil.Process(process.pid).kill()


def start_apart(arguments: Sequence[str], output: Path) -> subprocess.Popen[bytes]:
    """Start this Python with `arguments`, detached from terminal and window.

    It imports from where this process does. What it prints is appended to the file `output`; it
    lives on when its parent ends.
    """
    places = [os.path.abspath(place) for place in sys.path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    with open(output, "ab") as file:
        return subprocess.Popen(
            # -P: what is imported does not depend on the working directory.
            [sys.executable, "-P", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env=environment,
            creationflags=_FLAGS,
            start_new_session=True,
        )


@cache
def boot_id() -> str:
    """Names the time since the system was started; "" where no system call does.

    Linux counts a process's begin from there; elsewhere the begin is a date and says enough.
    """
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _begun(pid: int) -> str:
    """When the process began, by a clock that nobody sets; "" where it does not run."""
    if sys.platform == "linux":
        return _begun_on_linux(pid)
    try:
        found = psutil.Process(pid)
        return "" if found.status() == psutil.STATUS_ZOMBIE else repr(found.create_time())
    except psutil.Error:
        return ""


def _begun_on_linux(pid: int) -> str:
    """Ticks from boot to begin: psutil's own figure moves where the date is set."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The name in brackets may hold anything; state and begin are counted behind it.
    state, *rest = text.rpartition(")")[2].split()
    return "" if state in STATES_OF_ENDED else rest[18]
