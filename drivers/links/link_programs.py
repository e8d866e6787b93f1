"""Links to programs: software under test, folders that others write into, vendor libraries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from labctl.errors import LinkError


class NoFile(LinkError):
    """No finished file came in the time that was given; the folder itself can be read."""


@dataclass(frozen=True)
class ProcessFigures:
    """What a process has used so far, with the processes that it started.

    `cpu` in s, `memory` (resident now) and `peak` (most seen by any `measure`) in bytes;
    `exit_code` is None while it runs.
    """

    cpu: float
    memory: int
    peak: int
    exit_code: int | None


class ProcessLink(Protocol):
    """Software under test, as a device that is fed lines and answers lines."""

    @property
    def address(self) -> str:
        """What is started: `process://program?arg=--option&arg=value`."""
        ...

    async def start(self) -> None:
        """Start the program where it does not run."""
        ...

    async def write(self, line: str) -> None:
        """Send one line to its standard input."""
        ...

    async def read(self, timeout: float | None = None) -> str:
        """The next line of its standard output. `timeout` in seconds."""
        ...

    async def query(self, line: str, timeout: float | None = None) -> str:
        """Send one line, return the next line it answers. `timeout` in seconds."""
        ...

    async def measure(self) -> ProcessFigures:
        """Time and memory that it and its children have used; `LinkError` if never started."""
        ...

    async def wait(self, timeout: float | None = None) -> int:
        """End its standard input, wait for its end, `timeout` in s, and return its exit code."""
        ...

    async def resync(self) -> None:
        """Kill it where a transaction broke, and start it again."""
        ...

    async def close(self) -> None:
        """Kill it and all it started. Closing twice is no error."""
        ...


@dataclass(frozen=True)
class WholeFile:
    """A file that its writer has finished: `size` in bytes, `sha256` as hex, `data` as read."""

    path: Path
    size: int
    sha256: str
    data: bytes


class FolderLink(Protocol):
    """A watched folder, for instruments whose own software writes files."""

    @property
    def address(self) -> str:
        """Which folder and which files: `folder:///data/spectrometer?pattern=*.csv`."""
        ...

    async def next(self, timeout: float | None = None) -> WholeFile:
        """The oldest finished file not handed out yet; `NoFile` after `timeout` in seconds.

        A file counts as finished when it has stopped growing and nobody has it open for writing.
        """
        ...

    async def resync(self) -> None:
        """Forget the files that are there: only newer ones are handed out."""
        ...

    async def close(self) -> None:
        """Watch no longer. Closing twice is no error."""
        ...


class SdkLink(Protocol):
    """A vendor's blocking library, in a process of its own."""

    @property
    def address(self) -> str:
        """Which server module is run: `sdk://drivers.acme.camera_server`."""
        ...

    async def call(self, function: str, *args: Any, timeout: float | None = None) -> Any:
        """What `function` of the server returns for `args`, plain data both. `timeout` in s.

        `LinkError` where it hangs or dies (it is killed then, and started again for the next
        call), `InstrumentError` where the library raised.
        """
        ...

    async def resync(self) -> None:
        """Kill the process where a call broke, and start it again."""
        ...

    async def close(self) -> None:
        """End the process. Closing twice is no error."""
        ...
