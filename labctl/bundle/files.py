"""The files of a bundle: each with its path in it, its size and its SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from labctl.bundle.layout import SEALS
from labctl.runfolder import file_sha256


class Listed(msgspec.Struct, frozen=True):
    """A file at `path` (slashes, relative to the bundle) of `size` bytes."""

    path: str
    size: int
    sha256: str


def listed(folder: Path) -> tuple[Listed, ...]:
    """Every file in `folder` but the seals, by path.

    A symbolic link is not followed, and a file that cannot be read has no hash.
    """
    files = sorted(walked(folder))
    return tuple(_listed(name, path) for name, path in files if name not in SEALS)


def _listed(name: str, path: Path) -> Listed:
    if path.is_symlink():
        return Listed(name, 0, "")
    try:
        return Listed(name, path.stat().st_size, file_sha256(path))
    except OSError:
        return Listed(name, 0, "")


def walked(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file in `folder`, symbolic links too, with its name in the bundle."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix(), path


def sha256_of(data: bytes) -> str:
    """SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sum_line(name: str, data: bytes) -> bytes:
    """What stands beside the file `name`: the SHA-256 of its `data` in the form of `sha256sum`."""
    return f"{sha256_of(data)}  {name}\n".encode()
