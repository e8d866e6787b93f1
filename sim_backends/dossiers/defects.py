"""Defects that real dossiers have, each enough to take one thing away from a row that is just met.

A defect changes one of the entries that show the row; the entries before it are sound.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

from sim_backends.dossiers import numbers
from sim_backends.dossiers.entries import Entry
from sim_backends.dossiers.rows import Row

Defect = Callable[[Entry, random.Random], None]

EMPTY, ABSENT = "empty", "absent"
"""What becomes of an entry's file instead of a page of text."""


def too_few(entry: Entry, rng: random.Random) -> None:
    """The document was never made: the entry is dropped."""
    entry["_dropped"] = True


def missing_file(entry: Entry, rng: random.Random) -> None:
    """The entry names a file that is not in the folder."""
    entry["_file"] = ABSENT


def empty_file(entry: Entry, rng: random.Random) -> None:
    """The scan failed: the file has no byte."""
    entry["_file"] = EMPTY


def signed_by_preparer(entry: Entry, rng: random.Random) -> None:
    """The preparer signed the check."""
    entry["checked_by"] = "SIM-Li Wei"


def unsigned(entry: Entry, rng: random.Random) -> None:
    """Nobody has checked this entry yet."""
    entry["checked_by"] = "-"


def future_date(entry: Entry, rng: random.Random) -> None:
    """The date lies far ahead: a typing error in the year."""
    date: datetime.date = entry["date"]
    entry["date"] = date.replace(year=date.year + 90, day=min(date.day, 28))


def before_period(entry: Entry, rng: random.Random) -> None:
    """The document is older than the project."""
    date: datetime.date = entry["date"]
    entry["date"] = date.replace(year=date.year - 12, day=min(date.day, 28))
    if entry["kind"] == "patent":
        entry["number"] = numbers.chinese_application(rng, entry["date"].year)


def wrong_check_digit(entry: Entry, rng: random.Random) -> None:
    """A digit of the patent number was mistyped."""
    entry["number"] = numbers.broken_patent(rng, entry["date"].year)


def utility_model(entry: Entry, rng: random.Random) -> None:
    """The patent is a utility model, no invention."""
    entry["number"] = numbers.chinese_application(rng, entry["date"].year, 2)


def no_doi(entry: Entry, rng: random.Random) -> None:
    """The paper is submitted, not published."""
    entry["doi"] = "submitted"


def no_number(entry: Entry, rng: random.Random) -> None:
    """The number is still to come."""
    entry["number"] = "to be assigned"


def applicable(row: Row, entries: list[Entry]) -> list[Defect]:
    """Defects that break `row` when its last entry has them."""
    found: list[Defect] = [missing_file, empty_file, signed_by_preparer, unsigned]
    found += [future_date, before_period, too_few]
    own: dict[str, list[Defect]] = {
        "patent": [wrong_check_digit, utility_model],
        "paper": [no_doi],
        "standard": [no_number],
        "copyright": [no_number],
    }
    if len(entries) > 1:
        found.append(_copy_of(entries[-2]))
    return found + own.get(row.kind, [])


def _copy_of(original: Entry) -> Defect:
    """The same document once more, under another file name, its title in capitals."""

    def duplicate(entry: Entry, rng: random.Random) -> None:
        kept: dict[str, Any] = {"file": entry["file"]}
        entry.update(original)
        entry.update(kept, title=original["title"].upper())

    return duplicate
