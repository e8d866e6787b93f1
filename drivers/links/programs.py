"""Programs behind a process link: one of this machine, or one that a simulated bench stands in for.

A link starts a `Program` by a `Starter`. `plug` puts a starter in the place of a program's name, so
that a simulated bench answers through the same link as a real program does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import psutil

from drivers.links.heard import LastWords

LONGEST_LINE = 16 * 2**20
"""Bytes of the longest line that is read."""


class Program(Protocol):
    """A program that was started."""

    @property
    def exit_code(self) -> int | None:
        """What it ended with; None while it runs."""
        ...

    @property
    def said(self) -> str:
        """The last that it said on its standard error."""
        ...

    async def write(self, data: bytes) -> None:
        """To its standard input; `OSError` where it takes nothing."""
        ...

    async def read_line(self) -> bytes:
        """The next line of its standard output with its LF; without one where it has ended.

        `ValueError` for a line longer than `LONGEST_LINE`.
        """
        ...

    def used(self) -> tuple[float, int]:
        """Processor time in s and resident memory in bytes, with what it started."""
        ...

    async def wait(self) -> int:
        """End its standard input, wait for its end and return its exit code."""
        ...

    async def end(self, grace: float) -> None:
        """Kill it and all it started, and wait for its end: asked first, forced after `grace` s."""
        ...


Starter = Callable[[list[str], Path | None], Awaitable[Program]]
"""Starts a program of (command and arguments, working folder); `OSError` where it cannot be."""

_plugged: dict[str, Starter] = {}


def plug(name: str, starter: Starter) -> None:
    """Let `starter` start what is named `name`, in the place of a program of this machine."""
    _plugged[name] = starter


def unplug(name: str) -> None:
    """Nothing stands behind `name` any more. Unplugging twice is no error."""
    _plugged.pop(name, None)


def plugged(name: str) -> Starter | None:
    """What starts `name` on a simulated bench; None where it is a program of this machine."""
    return _plugged.get(name)


class OwnProgram:
    """A program of this machine; make it with `start_own`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said = LastWords()
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self._in, self._out = process.stdin, process.stdout
        self._listener = asyncio.ensure_future(self._said.listen(process.stderr))

    @property
    def exit_code(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._process.returncode

    @property
    def said(self) -> str:
        """The last that it said on its standard error."""
        return str(self._said)

    async def write(self, data: bytes) -> None:
        """To its standard input; `OSError` where it takes nothing."""
        self._in.write(data)
        await self._in.drain()

    async def read_line(self) -> bytes:
        """The next line of its standard output; `ValueError` where it is too long."""
        return await self._out.readline()

    def used(self) -> tuple[float, int]:
        """Processor time in s and resident memory in bytes, with what it started."""
        cpu, memory = 0.0, 0
        for process in _family(self._process.pid):
            with suppress(psutil.Error):  # it may end while it is looked at
                times = process.cpu_times()
                cpu += times.user + times.system
                memory += process.memory_info().rss
        return cpu, memory

    async def wait(self) -> int:
        """End its standard input, wait for its end and return its exit code."""
        self._in.close()
        return await self._process.wait()

    async def end(self, grace: float) -> None:
        """End it and everything it started: first asked, after `grace` in s forced."""
        family = _family(self._process.pid)
        for member in family:
            with suppress(psutil.Error):
                member.terminate()
        self._in.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._process.wait()
        for member in family:
            with suppress(psutil.Error):
                member.kill()
        await self._process.wait()
        self._listener.cancel()
        await asyncio.wait([self._listener])


async def start_own(command: list[str], folder: Path | None) -> OwnProgram:
    """Start `command` in `folder`; `OSError` where it cannot be started."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE,
    )
    return OwnProgram(process)


def _family(pid: int) -> list[psutil.Process]:
    """The process `pid` and all that it and its children started; empty where it is gone."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []
