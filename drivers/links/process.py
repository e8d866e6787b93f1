"""Process link: software under test as a device that is started, fed, measured and killed."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from drivers.links.address import Address
from drivers.links.line import Line
from drivers.links.link_programs import ProcessFigures
from drivers.links.programs import LONGEST_LINE, Program, Starter, plugged, start_own
from drivers.links.settings import ProcessSettings
from drivers.links.text import shown
from labctl.errors import LinkError


class LocalProcess:
    """A `ProcessLink` on what `starter` starts; make it with `open_process`.

    A program that hangs, dies or breaks a line is killed and waited for at once; the next
    transaction starts it anew.
    """

    def __init__(
        self,
        address: str,
        command: list[str],
        folder: Path | None,
        settings: ProcessSettings,
        starter: Starter = start_own,
    ) -> None:
        self._address = address
        self._command = command
        self._folder = folder
        self._settings = settings
        self._starter = starter
        self._program: Program | None = None
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
        seconds = self._settings.timeout if timeout is None else timeout

        async def work() -> str:
            try:
                # A program that does not read fills its pipe: sending must end in time as well.
                async with asyncio.timeout(seconds):
                    await self._send(line)
            except TimeoutError as error:
                failure = self._failure(f"takes no line within {seconds:g} s", line)
                await self._kill()
                raise failure from error
            return await self._receive(line, timeout)

        return await self._line.transact(work)

    async def measure(self) -> ProcessFigures:
        """Time and memory that it and its children have used; `LinkError` if never started."""
        running = self._running("measure")
        cpu, memory = running.used()
        self._peak = max(self._peak, memory)
        return ProcessFigures(cpu, memory, self._peak, running.exit_code)

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
        if self._program is not None and self._program.exit_code is None:
            return
        await self._kill()
        try:
            self._program = await self._starter(self._command, self._folder)
        except OSError as error:
            raise LinkError(
                f"cannot be started ({error})",
                address=self._address,
                remedy="check the program's path, and that it may be executed",
            ) from error

    async def _send(self, line: str) -> None:
        program = self._running(line)
        try:
            await program.write(line.encode("utf-8") + b"\n")
        except OSError as error:
            raise self._failure(f"takes no line ({error})", line) from error

    async def _receive(self, command: str, timeout: float | None) -> str:
        seconds = self._settings.timeout if timeout is None else timeout
        program = self._running(command)
        try:
            async with asyncio.timeout(seconds):
                line = await program.read_line()
        except TimeoutError as error:
            failure = self._failure(f"no line within {seconds:g} s", command)
            await self._kill()
            raise failure from error
        except ValueError as error:
            failure = self._failure(f"a line longer than {LONGEST_LINE} bytes", command)
            await self._kill()
            raise failure from error
        if not line.endswith(b"\n"):
            raise self._failure("ended without a whole line", command, line)
        return line.decode("utf-8", "replace").rstrip("\r\n")

    async def _await_end(self, timeout: float | None) -> int:
        seconds = self._settings.timeout if timeout is None else timeout
        program = self._running("wait")
        try:
            async with asyncio.timeout(seconds):
                return await program.wait()
        except TimeoutError as error:
            raise self._failure(f"did not end within {seconds:g} s", "wait") from error

    async def _restart(self) -> None:
        await self._kill()
        await self._start()

    async def _kill(self) -> None:
        """End it and everything it started, and wait for that."""
        program, self._program = self._program, None
        if program is not None:
            await program.end(self._settings.grace)

    def _running(self, command: str) -> Program:
        if self._program is None:
            raise self._failure("was not started", command)
        return self._program

    def _failure(self, what: str, command: str, answer: bytes = b"") -> LinkError:
        words = self._program.said if self._program is not None else ""
        said = f"; it said: {words}" if words else ""
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
    starter = plugged(parts.target)
    program = parts.target if starter is not None else shutil.which(parts.target)
    if program is None:
        raise LinkError(
            f"there is no program {parts.target!r} that can be executed",
            address=parts.text,
            remedy="write its full path, or put its folder on the PATH",
        )
    arguments = [text for name, text in parts.pairs if name == "arg"]
    folder = Path(parts.options["cwd"]) if "cwd" in parts.options else None
    command = [program, *arguments]
    link = LocalProcess(parts.text, command, folder, settings, starter or start_own)
    await link.start()
    return link
