"""The files of a folder in the order in which they were finished; their bytes are not kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from drivers.links.link_programs import WholeFile


@dataclass(frozen=True)
class Kept:
    """A finished file: `name` below the folder; `written_utc` when it was complete, in s."""

    name: str
    path: Path
    sha256: str
    written_utc: float
    data: bytes


class Shelf:
    """Files as they came. The bytes of the newest are at hand, older ones are read again."""

    def __init__(self) -> None:
        self._files: list[Kept] = []

    @property
    def files(self) -> tuple[Kept, ...]:
        """Every file that came, oldest first; one that was written again stands twice."""
        return tuple(self._files)

    def put(self, found: Kept) -> None:
        """The newest file."""
        if self._files:
            self._files[-1] = replace(self._files[-1], data=b"")
        self._files.append(found)

    def named(self, name: str) -> Kept | None:
        """The newest file of that name below the folder; a Windows path's strokes are taken."""
        wanted = {name, name.replace("\\", "/")}
        return next((one for one in reversed(self._files) if one.name in wanted), None)

    def current(self) -> tuple[Kept, ...]:
        """Every file once, as it is now, oldest first."""
        last = {one.name: one for one in self._files}
        return tuple(one for one in self._files if last[one.name] is one)

    def place_of(self, sha256: str) -> int | None:
        """Where the newest file with that hash stands; None where there is none."""
        found = [index for index, one in enumerate(self._files) if one.sha256 == sha256.lower()]
        return found[-1] if found else None


def kept(found: WholeFile, folder: Path, written_utc: float) -> Kept:
    """A file as the link hands it out; `written_utc` in s."""
    return Kept(name_below(found.path, folder), found.path, found.sha256, written_utc, found.data)


def name_below(path: PurePath, folder: PurePath) -> str:
    """The path below `folder` with slashes, the file's own name where it lies elsewhere."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def again(file: Kept) -> bytes | None:
    """The bytes of a file that came before; None where it is gone or was changed since."""
    if file.data:
        return file.data
    try:
        data = file.path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == file.sha256 else None
