"""The audit log: who did what and when, each line chained to the one before by its SHA-256.

An act is written down before it is done, so that none is missing; one that was then refused has a
second line that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from labctl import chainfile
from labctl.chainfile import NOTHING
from labctl.errors import JournalError

FILE = "audit.jsonl"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line: at the wall-clock time `utc` (ISO 8601) `who`, with the role's word, did `action`
    to `subject` from `address`; `detail` holds what else belongs to it. `who` is "" for what the
    server noticed by itself."""

    utc: str
    who: str
    role: str
    address: str
    action: str
    subject: str
    detail: dict[str, Any] = {}
    number: int = 0
    previous: str = NOTHING


@dataclass(frozen=True)
class Actor:
    """Who acts: name and role's word, and the network address."""

    who: str = ""
    role: str = ""
    address: str = ""


class Audit:
    """The audit log in `folder`; `wall` tells the date."""

    def __init__(self, folder: Path, wall: Callable[[], datetime]) -> None:
        self.path = folder / FILE
        self._wall = wall

    def note(
        self, actor: Actor, action: str, subject: str, detail: Mapping[str, Any] | None = None
    ) -> Entry:
        """Write down that `actor` does `action`; `JournalError` where that is impossible."""
        entry = Entry(
            utc=self._wall().isoformat(timespec="milliseconds"),
            who=actor.who,
            role=actor.role,
            address=actor.address,
            action=action,
            subject=subject,
            detail=dict(detail or {}),
        )

        def make(number: int, previous: str) -> bytes:
            nonlocal entry
            entry = msgspec.structs.replace(entry, number=number, previous=previous)
            return msgspec.json.encode(entry)

        try:
            chainfile.append(self.path, make)
        except OSError as error:
            raise JournalError(
                f"the audit log cannot be written: {error}",
                address=str(self.path),
                remedy="see whether the disk is full or read-only; until then nothing is done",
            ) from error
        return entry

    def entries(self) -> Iterator[Entry]:
        """All entries, oldest first; torn lines are passed over."""
        for line in chainfile.lines(self.path):
            found = _entry(line)
            if found is not None:
                yield found


@dataclass(frozen=True)
class Checked:
    """What a check of the log found: its number of lines, the first line that is `broken` and why
    (0 and "" where all hold), the lines that were torn by a crash."""

    lines: int
    broken: int = 0
    why: str = ""
    torn: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the chain is whole."""
        return not self.broken


def verify(folder: Path) -> Checked:
    """Whether each line of the audit log in `folder` follows from the one before."""
    path = folder / FILE
    found = chainfile.lines(path)
    torn = tuple(number for number, line in enumerate(found, 1) if _entry(line) is None)
    previous = NOTHING
    for number, line in enumerate(found, 1):
        entry = _entry(line)
        if entry is not None and entry.previous != previous:
            return Checked(len(found), number, _CHANGED.format(number=number - 1), torn)
        if entry is not None and entry.number != number:
            return Checked(len(found), number, f"it says that it is line {entry.number}", torn)
        previous = chainfile.line_hash(line)
    number, why = _end(path, found)
    return Checked(len(found), number, why, torn)


_CHANGED = "it does not follow from line {number}: one of the two was changed, put in or taken out"


def _end(path: Path, found: list[bytes]) -> tuple[int, str]:
    """What is wrong with the last lines: (0, "") where nothing is."""
    last = chainfile.known_last(path)
    if last is None:
        # A machine that stops after the very first line has not named it yet.
        return (1, f"{chainfile.head_of(path).name} is gone") if len(found) > 1 else (0, "")
    if len(found) < last.number:
        return len(found) + 1, f"there were {last.number} lines: the last ones were cut off"
    if chainfile.line_hash(found[last.number - 1]) != last.sha256:
        return last.number, "it is not the line that was written"
    whole = sum(_entry(line) is not None for line in found[last.number :])
    if whole > 1:
        return last.number + 1, f"{whole} lines were added by somebody else"
    return 0, ""


def _entry(line: bytes) -> Entry | None:
    try:
        return msgspec.json.decode(line, type=Entry)
    except msgspec.MsgspecError:
        return None
