"""Reading a dossier's folder: the index, and size and SHA-256 of every file it names."""

from __future__ import annotations

import hashlib
import stat
import tomllib
from pathlib import Path, PurePosixPath, PureWindowsPath

import msgspec

from labctl import clock
from labctl.errors import BenchError
from procedures.documents.format import Dossier, FileFact, Index

INDEX = "dossier.toml"
INDEX_BYTES = 4 * 2**20
"""Largest index in bytes."""

FILE_BYTES = 256 * 2**20
"""Largest file in bytes that is hashed."""

_CHUNK = 2**20


async def read(folder: Path) -> Dossier:
    """The dossier in `folder`; `BenchError` names file and key or line of what is wrong with it."""
    raw = _index_bytes(folder / INDEX)
    index = parse(raw, str(folder / INDEX))
    names = {entry.file for entry in index.entry} | {c.file for c in index.condition}
    files = {name: await _fact(folder, name) for name in sorted(names)}
    return Dossier(index, hashlib.sha256(raw).hexdigest(), clock.utc().date(), files)


def parse(raw: bytes, name: str) -> Index:
    """The index in `raw`; `name` is the file's name for error messages."""
    try:
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BenchError(
            f"{name} is not UTF-8: byte 0x{raw[error.start]:02X} in line {line}",
            remedy="save the file as UTF-8",
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BenchError(f"{name} is not TOML: {error}", remedy="see docs/dossier.md") from error
    try:
        return msgspec.convert(table, Index)
    except msgspec.ValidationError as error:
        raise BenchError(
            f"{name}: {_place(str(error))}", remedy="the keys are listed in docs/dossier.md"
        ) from error


def _place(message: str) -> str:
    """msgspec's `$.entry[2].file` as `entry 3, file`, the way a person counts."""
    text, _, path = message.partition(" - at `")
    words: list[str] = []
    for part in path.rstrip("`").lstrip("$").split("."):
        key, _, place = part.partition("[")
        number = place.rstrip("]")
        words.append(f"{key} {int(number) + 1}" if number.isdigit() else key)
    where = ", ".join(word for word in words if word)
    return f"{where}: {text}" if where else text


def _index_bytes(path: Path) -> bytes:
    remedy = f"a dossier is a folder with a file {INDEX}"
    try:
        with path.open("rb") as file:
            raw = file.read(INDEX_BYTES + 1)
    except OSError as error:
        raise BenchError(f"{path} cannot be read: {error.strerror}", remedy=remedy) from error
    if len(raw) > INDEX_BYTES:
        raise BenchError(f"{path} is larger than {INDEX_BYTES >> 20} MiB", remedy=remedy)
    return raw


async def _fact(folder: Path, name: str) -> FileFact:
    fault = _path_fault(name)
    if fault:
        return FileFact(fault=fault)
    try:
        root, path = folder.resolve(strict=True), (folder / name).resolve(strict=True)
        if not path.is_relative_to(root):
            return FileFact(fault="the file lies outside the dossier's folder")
        return await _measured(path)
    except (OSError, RuntimeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return FileFact(fault=f"the file cannot be read: {reason}")


async def _measured(path: Path) -> FileFact:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return FileFact(fault="not a regular file")
    if status.st_size == 0:
        return FileFact(fault="the file is empty")
    if status.st_size > FILE_BYTES:
        return FileFact(status.st_size, fault=f"the file is larger than {FILE_BYTES >> 20} MiB")
    return FileFact(status.st_size, await _sha256(path))


async def _sha256(path: Path) -> str:
    """SHA-256 of a file, piece by piece, so that the loop can be interrupted between two."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
            await clock.sleep(0)
    return digest.hexdigest()


def _path_fault(name: str) -> str:
    """What is wrong with a path as written, judged alike on every operating system."""
    windows, posix = PureWindowsPath(name), PurePosixPath(name)
    if not name.strip() or "\0" in name:
        return "no file is named"
    if windows.is_absolute() or windows.drive or windows.root or posix.is_absolute():
        return "the path is absolute; it must be inside the dossier's folder"
    if ".." in windows.parts or ".." in posix.parts:
        return "the path leads out of the dossier's folder"
    return ""
