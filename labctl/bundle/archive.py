"""A bundle as one .zip file, of which every byte follows from the files in it.

The files are stored, not packed, in the order of their names and with no times, so that an altered
byte anywhere in the archive shows when it is made again from its files.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path, PurePosixPath

from labctl.bundle.files import walked
from labctl.errors import JournalError, UsageError
from labctl.runfolder import file_sha256

_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(folder: Path, archive: Path) -> None:
    """Write the files of `folder` into `archive`, whole or not at all; `UsageError` where not."""
    part = archive.with_name(f"{archive.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as out:
            for name, path in sorted(walked(folder)):
                _add(out, name, path)
        os.replace(part, archive)
    except OSError as error:
        raise UsageError(f"{archive} cannot be written: {error.strerror}") from error


def _add(out: zipfile.ZipFile, name: str, path: Path) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    entry.file_size = path.stat().st_size
    with open(path, "rb") as source, out.open(entry, "w") as sink:
        shutil.copyfileobj(source, sink, 1 << 20)


UNREADABLE = (
    *(OSError, EOFError, zipfile.BadZipFile),
    *(NotImplementedError, RuntimeError, ValueError),
)
"""What reading a damaged archive raises."""


def unpack(archive: Path, folder: Path) -> None:
    """Write the files of `archive` into `folder`; `JournalError` where it is none of ours.

    No file comes to lie outside `folder`, and none takes more room than it has in the archive.
    """
    try:
        with zipfile.ZipFile(archive) as source:
            entries = source.infolist()
            for entry in entries:
                _refuse(entry)
            if len({entry.filename.casefold() for entry in entries}) != len(entries):
                raise JournalError(f"{archive.name} holds two files of one name")
            source.extractall(folder)
    except UNREADABLE as error:
        raise JournalError(f"{archive.name} cannot be read: {error}") from error


def _refuse(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename)
    outside = path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in path.name
    if outside or entry.is_dir() or not path.parts:
        raise JournalError(f"the archive holds {entry.filename!r}, which labctl does not write")
    if entry.compress_type != zipfile.ZIP_STORED:
        raise JournalError("the archive is packed, which labctl does not do")


def is_exact(archive: Path, folder: Path, scratch: Path) -> bool:
    """Whether `archive` is, byte by byte, what its files in `folder` make; `scratch` is a file
    that may be written."""
    pack(folder, scratch)
    return file_sha256(archive) == file_sha256(scratch)
