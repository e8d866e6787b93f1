"""Dossiers made in memory, for tests of single checks."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence

import msgspec

from procedures.documents.format import Dossier, Entry, FileFact, Index

TODAY = datetime.date(2026, 1, 1)
DAY = datetime.date(2024, 5, 31)


def entry(nth: int = 1, /, **more: object) -> Entry:
    """A sound report, one of its own for each `nth`."""
    plain = {
        "kind": "report",
        "title": f"Report {nth}",
        "holder": "Institute",
        "date": DAY,
        "file": f"{nth}.pdf",
        **more,
    }
    return msgspec.convert(plain, Entry)


def patent(nth: int = 1, /, **more: object) -> Entry:
    """A sound Chinese invention, one of its own for each `nth` (1..4)."""
    text = {1: "CN201710601862.3", 2: "97101765.4", 3: "EP16839078.9", 4: "PCT/CN2023/123456"}
    return entry(nth, **{"kind": "patent", "number": text[nth], **more})


def dossier(
    entries: Sequence[Entry], *, files: dict[str, FileFact] | None = None, **more: object
) -> Dossier:
    """A dossier with these entries, its files there unless `files` says otherwise."""
    plain = {
        "indicator": "0.0-00",
        "prepared_by": "Li Wei",
        "checked_by": "Zhang Min",
        "checked_on": datetime.date(2025, 12, 1),
        **more,
    }
    index = msgspec.structs.replace(msgspec.convert(plain, Index), entry=tuple(entries))
    there = {e.file: FileFact(9, hashlib.sha256(e.file.encode()).hexdigest()) for e in entries}
    return Dossier(index, "0" * 64, TODAY, {**there, **(files or {})})
