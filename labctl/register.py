"""The register of all runs: an append-only file beside them, chained by hashes.

`register.jsonl` in the folder of runs has one line when a run begins, when it is resumed and when
it ends, and when its report is authorised, each with its number and the SHA-256 of the line before
it. It holds the journal's head, so that a run's folder that was exchanged as a whole, or is gone,
shows, and what was tested, so that no run of an indicator on a sample is forgotten.

`register.head` beside it names the last line, so that lines cut off at its end show too.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal

import msgspec

from labctl.errors import JournalError
from labctl.platform.locks import locked

FILE = "register.jsonl"
NOTHING = "0" * 64
"""`previous` of the first line."""

HEAD = "register.head"
"""File that names the last line: its number and its SHA-256."""

PIECE = 4096
"""Bytes that are read of its end at first."""

Event = Literal["begun", "resumed", "done", "interrupted", "authorised"]


class Tested(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of a run: `indicator` on `sample`, each "" where it is not known yet.

    `outcome` is the verdict's word, "" where there is none; `simulated` is None until the
    instruments have told who they are.
    """

    indicator: str
    sample: str = ""
    outcome: str = ""
    simulated: bool | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line: `event` says what happened to `run` at the wall-clock time `utc` (ISO 8601).

    `head` and `content` are those of the journal's chain after `transactions` transactions.
    `items` are those of the run, `authorisation` the SHA-256 of what was signed. `number` is that
    of the line, from 1; 0 in a register that an earlier labctl wrote, which has no `items` either.
    """

    run: str
    event: Event
    utc: str
    transactions: int
    head: str
    content: str
    previous: str = NOTHING
    number: int = 0
    items: tuple[Tested, ...] = ()
    authorisation: str = ""


class Last(msgspec.Struct, frozen=True):
    """The last line of a register: its `number` and its `sha256`."""

    number: int
    sha256: str


def append(runs: Path, entry: Entry) -> Entry:
    """Append `entry` to the register of the folder `runs`; returns it as it was written.

    It gets its number and the hash of the line before. `JournalError` where it cannot be written;
    half a line is ended by the next entry.
    """
    path = runs / FILE
    try:
        with locked(runs / f"{FILE}.lock"):
            last, whole = _last_line(path)
            previous = NOTHING if last is None else _hash(last)
            number = 1 + _number(path, last)
            numbered = msgspec.structs.replace(entry, previous=previous, number=number)
            line = msgspec.json.encode(numbered)
            with open(path, "ab") as file:
                # A line that a power cut tore is ended, and stays in the chain as it is.
                file.write(b"" if whole else b"\n")
                file.write(line + b"\n")
                file.flush()
                os.fsync(file.fileno())
            _write_head(runs, Last(number, _hash(line)))
            return numbered
    except OSError as error:
        raise JournalError(
            f"the register of runs cannot be written: {error}",
            address=str(path),
            remedy="see whether the disk is full or read-only",
        ) from error


def entries(runs: Path) -> list[Entry]:
    """All entries, oldest first; `JournalError` names the first line that does not fit."""
    found: list[Entry] = []
    previous = NOTHING
    for number, line in enumerate(lines(runs), 1):
        entry = entry_of(line)
        if entry is not None:
            if entry.previous != previous:
                raise JournalError(f"{runs / FILE}, line {number}: the lines before were changed")
            found.append(entry)
        previous = _hash(line)
    return found


def known_last(runs: Path) -> Last | None:
    """The last line as `register.head` names it; None where there is none, or an unreadable one.

    It is never newer than the register, and older where the machine stopped between the two.
    """
    try:
        return msgspec.json.decode((runs / HEAD).read_bytes(), type=Last)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def line_hashes(runs: Path) -> list[str]:
    """SHA-256 of every line, in order, torn ones too."""
    return [_hash(line) for line in lines(runs)]


def torn(runs: Path) -> list[int]:
    """Numbers of lines that are no entries: torn by a power cut, or written over."""
    return [number for number, line in enumerate(lines(runs), 1) if entry_of(line) is None]


def entry_of(line: bytes) -> Entry | None:
    """The entry of a line; None for a torn one, which the chain still covers."""
    try:
        return msgspec.json.decode(line, type=Entry)
    except msgspec.MsgspecError:
        return None


def lines(runs: Path) -> list[bytes]:
    """Every line of the register of the folder `runs`, torn ones too."""
    path = runs / FILE
    return path.read_bytes().splitlines() if path.exists() else []


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
    entry = None if last is None else entry_of(last)
    return entry.number if entry is not None and entry.number else len(lines(path.parent))


def _write_head(runs: Path, last: Last) -> None:
    """Written whole or not at all, and not synced: after a power cut it may be an older one."""
    part = runs / f"{HEAD}.part"
    part.write_bytes(msgspec.json.encode(last))
    os.replace(part, runs / HEAD)


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
