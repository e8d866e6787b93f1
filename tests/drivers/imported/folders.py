"""A folder link that hands out the files of a real folder at once, and importers at its end."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest

from drivers.imported.beside import NAME, Beside
from drivers.imported.folder import Importer
from drivers.imported.source import Refused, Source
from drivers.links.link_programs import NoFile, WholeFile
from labctl import clock

T = TypeVar("T")
WRITTEN = 1_767_225_600.0


class Folder:
    """Files as they are given to it; each is handed out once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = f"folder://{path}?old=1"
        self._waiting: list[Path] = []
        self.closed = self.resyncs = 0

    def put(self, name: str, data: bytes) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self._waiting.append(path)
        return path

    async def next(self, timeout: float | None = None) -> WholeFile:
        until = clock.now() + (timeout or 0.0)
        while not self._waiting:
            if clock.now() >= until:
                raise NoFile("no finished file", address=self.address, command="next")
            await clock.sleep(0.1)
        path = self._waiting.pop(0)
        data = path.read_bytes()
        return WholeFile(path, len(data), hashlib.sha256(data).hexdigest(), data)

    async def resync(self) -> None:
        self.resyncs += 1

    async def close(self) -> None:
        self.closed += 1


def source(data: bytes, name: str = "file", **beside: Any) -> Source:
    """A whole file of these bytes, read at run time 100 s."""
    digest = hashlib.sha256(data).hexdigest()
    stamp = (100.0, WRITTEN + 100.0)
    return Source(name, data, digest, WRITTEN, "folder:///data", stamp, Beside(**beside))


def result(kind: Callable[..., Importer[Any]], file: Source) -> Any:
    """What an importer of this kind makes of a file."""
    return kind(Folder(Path())).result_of(file)


def refusal(kind: Callable[..., Importer[Any]], file: Source) -> str:
    """Why an importer of this kind refuses a file."""
    with pytest.raises(Refused) as caught:
        result(kind, file)
    return str(caught.value)


def whole_or_refused(kind: Callable[..., Importer[Any]], file: Source, length: int) -> Any:
    """The result of the first `length` bytes of a file; None where they are refused."""
    cut = source(file.data[:length], file.name)
    part = Source(**{**vars(cut), "beside": file.beside})
    try:
        return result(kind, part)
    except Refused:
        return None


def run(
    path: Path,
    kind: Callable[..., Importer[Any]],
    body: Callable[[Any, Folder], Awaitable[T]],
    files: Mapping[str, bytes] | None = None,
    settings: str = "",
) -> T:
    """`body` with an importer at the end of a folder that has `files`, in virtual time."""
    if settings:
        (path / NAME).write_text(settings, encoding="utf-8")
    folder = Folder(path)
    for name, data in (files or {}).items():
        folder.put(name, data)

    async def main() -> T:
        return await body(kind(folder), folder)

    return clock.run(main(), virtual=True)
