"""Process link: software under test as a device that is started, fed, measured and killed."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import suppress
from pathlib import Path

import psutil

from drivers.links.address import Address
from drivers.links.heard import LastWords
from drivers.links.line import Line
from drivers.links.link_programs import ProcessFigures
from drivers.links.settings import ProcessSettings
from drivers.links.text import shown
from labctl.errors import LinkError

LONGEST_LINE = 16 * 2**20
"""Bytes of the longest line that is read."""


class LocalProcess:
    """A `ProcessLink` on a program of this machine; make it with `open_process`."""

    def __init__(
        self, address: str, command: list[str], folder: Path | None, settings: ProcessSettings
    ) -> None:
        self._address = address
        self._command = command
        self._folder = folder
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._said = LastWords()
        self._listener: asyncio.Task[None] | None = None
        self._peak = 0
        self._line = Line(address, self._restart)

    @property
    def address(self) -> str:
        """What is started."""
        return self._address

    async def start(self) -> None:
        """Start the program where it does not run."""
        await self._line.transact(self._start)

    async def write(self, line: str) -> None:
        """Send one line to its standard input."""
        await self._line.transact(lambda: self._send(line))

    async def read(self, timeout: float | None = None) -> str:
        """The next line of its standard output. `timeout` in seconds."""
        return await self._line.transact(lambda: self._receive("read a line", timeout))

    async def query(self, line: str, timeout: float | None = None) -> str:
        """Send one line, return the next line it answers. `timeout` in seconds."""

        async def work() -> str:
            await self._send(line)
            return await self._receive(line, timeout)

        return await self._line.transact(work)

    async def measure(self) -> ProcessFigures:
        """Time and memory that it and its children have used; `LinkError` if never started."""
        running = self._running("measure")
        cpu, memory = 0.0, 0
        for process in _family(running.pid):
            with suppress(psutil.Error):  # it may end while it is looked at
                times = process.cpu_times()
                cpu += times.user + times.system
                memory += process.memory_info().rss
        self._peak = max(self._peak, memory)
        return ProcessFigures(cpu, memory, self._peak, running.returncode)

    async def wait(self, timeout: float | None = None) -> int:
        """End its standard input, wait for its end, `timeout` in s, and return its exit code."""
        return await self._line.transact(lambda: self._await_end(timeout))

    async def resync(self) -> None:
        """Kill it and start it again."""
        await self._line.resync()

    async def close(self) -> None:
        """Kill it and all it started. Closing twice is no error."""
        await self._line.close(self._kill)

    async def _start(self) -> None:
        if self._process is not None and self._process.returncode is None:
            return
        await self._kill()
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=self._folder,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                limit=LONGEST_LINE,
            )
        except OSError as error:
            raise LinkError(
                f"cannot be started ({error})",
                address=self._address,
                remedy="check the program's path, and that it may be executed",
            ) from error
        self._said = LastWords()
        assert self._process.stderr is not None
        self._listener = asyncio.ensure_future(self._said.listen(self._process.stderr))

    async def _send(self, line: str) -> None:
        stdin = self._running(line).stdin
        assert stdin is not None
        try:
            stdin.write(line.encode("utf-8") + b"\n")
            await stdin.drain()
        except OSError as error:
            raise self._failure(f"takes no line ({error})", line) from error

    async def _receive(self, command: str, timeout: float | None) -> str:
        seconds = self._settings.timeout if timeout is None else timeout
        stdout = self._running(command).stdout
        assert stdout is not None
        try:
            async with asyncio.timeout(seconds):
                line = await stdout.readline()
        except TimeoutError as error:
            raise self._failure(f"no line within {seconds:g} s", command) from error
        except ValueError as error:
            raise self._failure(f"a line longer than {LONGEST_LINE} bytes", command) from error
        if not line.endswith(b"\n"):
            raise self._failure("ended without a whole line", command, line)
        return line.decode("utf-8", "replace").rstrip("\r\n")

    async def _await_end(self, timeout: float | None) -> int:
        seconds = self._settings.timeout if timeout is None else timeout
        process = self._running("wait")
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(seconds):
                return await process.wait()
        except TimeoutError as error:
            raise self._failure(f"did not end within {seconds:g} s", "wait") from error

    async def _restart(self) -> None:
        await self._kill()
        await self._start()

    async def _kill(self) -> None:
        """End it and everything it started: first asked, after the grace forced."""
        process, self._process = self._process, None
        if process is None:
            return
        family = _family(process.pid)
        for member in family:
            with suppress(psutil.Error):
                member.terminate()
        if process.stdin is not None:
            process.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.grace):
                await process.wait()
        for member in family:
            with suppress(psutil.Error):
                member.kill()
        await process.wait()
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.wait([self._listener])

    def _running(self, command: str) -> asyncio.subprocess.Process:
        if self._process is None:
            raise self._failure("was not started", command)
        return self._process

    def _failure(self, what: str, command: str, answer: bytes = b"") -> LinkError:
        said = f"; it said: {self._said}" if str(self._said) else ""
        return LinkError(
            what + said,
            address=self._address,
            command=command,
            answer=shown(answer),
            remedy="run the program by hand with the same input",
        )


async def open_process(parts: Address, settings: ProcessSettings) -> LocalProcess:
    """Start the program of `process://program?arg=a&arg=b&cwd=folder`.

    `LinkError` where it is not found or does not start.
    """
    parts.refuse_options("arg", "cwd")
    program = shutil.which(parts.target)
    if program is None:
        raise LinkError(
            f"there is no program {parts.target!r} that can be executed",
            address=parts.text,
            remedy="write its full path, or put its folder on the PATH",
        )
    arguments = [text for name, text in parts.pairs if name == "arg"]
    folder = Path(parts.options["cwd"]) if "cwd" in parts.options else None
    link = LocalProcess(parts.text, [program, *arguments], folder, settings)
    await link.start()
    return link


def _family(pid: int) -> list[psutil.Process]:
    """The process `pid` and all that it and its children started; empty where it is gone."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []
