"""The register of all runs: an append-only file beside them, chained by hashes.

`register.jsonl` in the folder of runs has one line when a run begins, when it is resumed and when
it ends, and when its report is authorised, each with its number and the SHA-256 of the line before
it. It holds the journal's head, so that a run's folder that was exchanged as a whole, or is gone,
shows, and what was tested, so that no run of an indicator on a sample is forgotten.

`register.head` beside it names the last line, so that lines cut off at its end show too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from labctl import chainfile
from labctl.chainfile import NOTHING, Last, line_hash
from labctl.errors import JournalError

FILE = "register.jsonl"
HEAD = "register.head"
"""File that names the last line: its number and its SHA-256."""

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


def append(runs: Path, entry: Entry) -> Entry:
    """Append `entry` to the register of the folder `runs`; returns it as it was written.

    It gets its number and the hash of the line before. `JournalError` where it cannot be written;
    half a line is ended by the next entry.
    """
    path, written = runs / FILE, entry

    def make(number: int, previous: str) -> bytes:
        nonlocal written
        written = msgspec.structs.replace(entry, previous=previous, number=number)
        return msgspec.json.encode(written)

    try:
        chainfile.append(path, make)
        return written
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
        previous = line_hash(line)
    return found


def known_last(runs: Path) -> Last | None:
    """The last line as `register.head` names it; None where there is none, or an unreadable one.

    It is never newer than the register, and older where the machine stopped between the two.
    """
    return chainfile.known_last(runs / FILE)


def line_hashes(runs: Path) -> list[str]:
    """SHA-256 of every line, in order, torn ones too."""
    return [line_hash(line) for line in lines(runs)]


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
    return chainfile.lines(runs / FILE)
