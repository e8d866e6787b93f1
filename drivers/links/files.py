"""Folder link: files that an instrument's own software writes, never read half-written.

A file is finished when size and time of change have stood still for a while and no process of
this machine has it open for writing. A writer on another machine is not seen; for it the stillness
alone decides, so `settled` must be longer than its longest pause.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import psutil

from drivers.links.address import Address
from drivers.links.line import Line
from drivers.links.link_programs import NoFile, WholeFile
from drivers.links.settings import FolderSettings
from labctl import clock
from labctl.errors import LinkError


@dataclass(frozen=True)
class _Look:
    """What a file was like at run time `since` in s, and has been like ever since."""

    size: int
    changed: int
    since: float

    def is_same(self, other: _Look) -> bool:
        return (self.size, self.changed) == (other.size, other.changed)


class WatchedFolder:
    """A `FolderLink` on `folder`; make it with `open_folder`. Files that are there do not count."""

    def __init__(
        self, address: str, folder: Path, pattern: str, settings: FolderSettings, *, old: bool
    ) -> None:
        self._address = address
        self._folder = folder
        self._pattern = pattern
        self._settings = settings
        self._looks: dict[Path, _Look] = {}
        self._done: dict[Path, tuple[int, int]] = {}
        self._line = Line(address, self._settle)
        if not old:
            self._forget()

    @property
    def address(self) -> str:
        """Which folder and which files."""
        return self._address

    async def next(self, timeout: float | None = None) -> WholeFile:
        """The oldest finished file not handed out yet. `timeout` in seconds.

        A file that its writer opens again and changes is handed out again.
        """
        seconds = self._settings.timeout if timeout is None else timeout
        return await self._line.transact(lambda: self._wait(seconds))

    async def resync(self) -> None:
        """Forget the files that are there: only newer ones are handed out."""

        async def work() -> None:
            self._forget()

        await self._line.transact(work)

    async def close(self) -> None:
        """Watch no longer. Closing twice is no error."""
        await self._line.close(self._settle)

    async def _settle(self) -> None:
        """A folder is always in a known state."""

    async def _wait(self, seconds: float) -> WholeFile:
        until = clock.now() + seconds
        while True:
            self._look()
            for path in self._still():
                found = await asyncio.get_running_loop().run_in_executor(None, _read, path)
                if found is not None and found.size == self._looks[path].size:
                    look = self._looks[path]
                    self._done[path] = (look.size, look.changed)
                    return found
            if clock.now() >= until:
                raise self._failure(seconds)
            await clock.sleep(min(self._settings.poll, max(0.0, until - clock.now())))

    def _look(self) -> None:
        """Note every file anew whose size or time of change is another than before."""
        now = clock.now()
        looks: dict[Path, _Look] = {}
        for path, size, changed in self._files():
            look, before = _Look(size, changed, now), self._looks.get(path)
            looks[path] = before if before is not None and before.is_same(look) else look
        self._looks = looks

    def _still(self) -> list[Path]:
        """Files that changed long enough ago and were not handed out as they are, oldest first."""
        latest = clock.now() - self._settings.settled
        still = [
            (look.changed, path)
            for path, look in self._looks.items()
            if look.since <= latest and self._done.get(path) != (look.size, look.changed)
        ]
        return [path for _, path in sorted(still)]

    def _files(self) -> Iterator[tuple[Path, int, int]]:
        try:
            for path in self._folder.glob(self._pattern):
                with suppress(FileNotFoundError):  # renamed or removed since it was listed
                    stat = path.stat()
                    if path.is_file():
                        yield path, stat.st_size, stat.st_mtime_ns
        except OSError as error:
            raise self._lost(error) from error

    def _forget(self) -> None:
        self._done = {path: (size, changed) for path, size, changed in self._files()}

    def _lost(self, error: OSError) -> LinkError:
        return LinkError(
            f"the folder cannot be read ({error})",
            address=self._address,
            remedy="check that the folder exists and may be read",
        )

    def _failure(self, seconds: float) -> NoFile:
        growing = [path.name for path in self._looks if path not in self._done]
        return NoFile(
            f"no finished file within {seconds:g} s",
            address=self._address,
            command="next",
            answer=", ".join(growing[:5]),
            remedy="check that the instrument's software writes here and ends its files",
        )


async def open_folder(parts: Address, settings: FolderSettings) -> WatchedFolder:
    """Watch `folder://path?pattern=*.csv&old=1`; with `old=1` files already there count too."""
    parts.refuse_options("pattern", "old")
    folder = Path(parts.target)
    if not folder.is_dir():
        raise LinkError(
            "there is no such folder", address=parts.text, remedy="create it, or correct its path"
        )
    old = parts.options.get("old", "0") == "1"
    return WatchedFolder(parts.text, folder, parts.options.get("pattern", "*"), settings, old=old)


def _read(path: Path) -> WholeFile | None:
    """The file as bytes; None where a process still has it open for writing, or it is gone."""
    if is_being_written(path):
        return None
    try:
        data = path.read_bytes()
    except (FileNotFoundError, PermissionError):
        return None
    return WholeFile(path, len(data), hashlib.sha256(data).hexdigest(), data)


def is_being_written(path: Path) -> bool:
    """Whether a process of this machine has `path` open for writing, as far as it can be seen."""
    if os.name == "nt":
        return not _can_be_renamed(path)
    wanted = os.path.realpath(path)
    return any(wanted == name for name in _written_files())


def _can_be_renamed(path: Path) -> bool:
    """Windows refuses to rename a file that another process has open without sharing."""
    try:
        os.rename(path, path)
    except OSError:
        return False
    return True


def _written_files() -> Iterator[str]:
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):  # processes of other users are not shown
            for opened in process.open_files():
                if _writes(opened):
                    yield opened.path


def _writes(opened: object) -> bool:
    """Linux tells the mode in which a file is open; where it is not told, writing is assumed."""
    mode = opened.mode if isinstance(opened, _WithMode) else "w"
    return not mode.startswith("r") or "+" in mode


@runtime_checkable
class _WithMode(Protocol):
    mode: str
