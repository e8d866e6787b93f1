"""Files of lines that are only appended to, each line holding the SHA-256 of the one before.

The register of runs and the audit log are such files. Each line has its number and `previous`. A
file of the same name with the ending `.head` beside it names the last line, so that lines cut off
at the end show too. A line that a power cut tore is ended by the next one and stays in the chain
as it is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from labctl.platform.locks import locked

NOTHING = "0" * 64
"""`previous` of the first line."""

PIECE = 4096
"""Bytes that are read of a file's end at first."""

Make = Callable[[int, str], bytes]
"""A line without its end, from its number (from 1) and the SHA-256 of the line before."""


class Last(msgspec.Struct, frozen=True):
    """The last line of a file: its `number` and its `sha256`."""

    number: int
    sha256: str


class _Numbered(msgspec.Struct, frozen=True):
    """What is read of a line of any file."""

    number: int = 0


def append(path: Path, make: Make) -> None:
    """Append the line that `make` gives; it is on the disk on return, `OSError` where it is not."""
    with locked(path.with_name(f"{path.name}.lock")):
        last, whole = _last_line(path)
        number = 1 + _number(path, last)
        line = make(number, NOTHING if last is None else line_hash(last))
        with open(path, "ab") as file:
            file.write((b"" if whole else b"\n") + line + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _write_head(path, Last(number, line_hash(line)))


def lines(path: Path) -> list[bytes]:
    """Every line, torn ones too; none where there is no file."""
    return path.read_bytes().splitlines() if path.exists() else []


def line_hash(line: bytes) -> str:
    """SHA-256 of a line without its end, as hex."""
    return hashlib.sha256(line).hexdigest()


def known_last(path: Path) -> Last | None:
    """The last line as the file beside it names it; None where there is none, or an unreadable one.

    It is never newer than the file, and older where the machine stopped between the two.
    """
    try:
        return msgspec.json.decode(head_of(path).read_bytes(), type=Last)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def head_of(path: Path) -> Path:
    """The file that names the last line."""
    return path.with_suffix(".head")


def _last_line(path: Path) -> tuple[bytes | None, bool]:
    """The last line, None where there is none, and whether it was ended; read from the end."""
    if not path.exists():
        return None, True
    with open(path, "rb") as file:
        end, size = file.seek(0, os.SEEK_END), PIECE
        while True:
            file.seek(max(0, end - size))
            piece = file.read()
            found = piece.splitlines()
            if len(found) > 1 or size >= end:
                return (found[-1] if found else None), not piece or piece.endswith(b"\n")
            size *= 2


def _number(path: Path, last: bytes | None) -> int:
    """Number of the last line; counted where it does not say, 0 where there is none."""
    try:
        said = 0 if last is None else msgspec.json.decode(last, type=_Numbered).number
    except msgspec.MsgspecError:
        said = 0
    return said or len(lines(path))


def _write_head(path: Path, last: Last) -> None:
    """Written whole or not at all, and not synced: after a power cut it may be an older one."""
    head = head_of(path)
    part = head.with_name(f"{head.name}.part")
    part.write_bytes(msgspec.json.encode(last))
    os.replace(part, head)
