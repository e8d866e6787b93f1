"""Taps around programs: software under test, watched folders, vendor libraries."""

from __future__ import annotations

from typing import Any

from drivers.links.link_programs import FolderLink, ProcessFigures, ProcessLink, SdkLink, WholeFile
from drivers.links.tap import Tap
from drivers.links.trace import TraceWriter, failure_of
from labctl import clock


class TappedProcess(Tap):
    """A `ProcessLink` that is traced."""

    def __init__(self, link: ProcessLink, trace: TraceWriter) -> None:
        super().__init__("process", link, trace)
        self._link = link

    async def start(self) -> None:
        """Start the program where it does not run."""
        await self._link.start()

    async def write(self, line: str) -> None:
        """Send one line."""
        await self._traced("write", line, self._link.write(line))

    async def read(self, timeout: float | None = None) -> str:
        """The next line. `timeout` in seconds."""
        return await self._traced("read", None, self._link.read(timeout))

    async def query(self, line: str, timeout: float | None = None) -> str:
        """Send one line, return the next. `timeout` in seconds."""
        return await self._traced("query", line, self._link.query(line, timeout))

    async def measure(self) -> ProcessFigures:
        """Time in s and memory in bytes that it has used."""
        return await self._link.measure()

    async def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, `timeout` in seconds; its exit code."""
        return await self._traced("wait", None, self._link.wait(timeout))


class TappedFolder(Tap):
    """A `FolderLink` that is traced: names and hashes, not the content."""

    def __init__(self, link: FolderLink, trace: TraceWriter) -> None:
        super().__init__("folder", link, trace)
        self._link = link

    async def next(self, timeout: float | None = None) -> WholeFile:
        """The oldest finished file not handed out yet. `timeout` in seconds."""
        began = clock.now()
        try:
            found = await self._link.next(timeout)
        except BaseException as error:
            self._trace.add(began, "next", None, None, failure_of(error))
            raise
        self._trace.add(began, "next", None, [found.path.name, found.size, found.sha256])
        return found


class TappedSdk(Tap):
    """An `SdkLink` that is traced."""

    def __init__(self, link: SdkLink, trace: TraceWriter) -> None:
        super().__init__("sdk", link, trace)
        self._link = link

    async def call(self, function: str, *args: Any, timeout: float | None = None) -> Any:
        """What `function` returns for `args`. `timeout` in s."""
        began = clock.now()
        sent = [function, *args]
        try:
            answer = await self._link.call(function, *args, timeout=timeout)
        except BaseException as error:
            self._trace.add(began, "call", sent, None, failure_of(error))
            raise
        self._trace.add(began, "call", sent, answer)
        return answer
