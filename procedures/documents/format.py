"""The format of a dossier (docs/dossier.md) as frozen types, and the files as they were found."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

Kind = Literal[
    "patent",
    "paper",
    "standard",
    "copyright",
    "event",
    "report",
    "certificate",
    "contract",
    "record",
    "design",
    "software",
    "data",
    "cost",
]


class Factor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One factor of a cost: a consumption or a price, `value` in `unit`."""

    value: float
    unit: str


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document. `amount` and its standard uncertainty `u` are in `unit`."""

    kind: Kind
    title: str
    holder: str
    date: datetime.date
    file: str
    shows: str | tuple[str, ...] = ()
    number: str = ""
    doi: str = ""
    amount: float | None = None
    unit: str = ""
    u: float = 0.0
    consumption: Factor | None = None
    price: Factor | None = None
    members: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    checked_by: str = ""


class NumericCondition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A condition in numbers with the file that shows it; `value` and `u` in `unit`."""

    quantity: str
    value: float
    unit: str
    file: str
    u: float = 0.0


class Period(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from", "end": "to"}
):
    """First and last day that count, both included."""

    start: datetime.date
    end: datetime.date


class Index(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`dossier.toml`."""

    indicator: str
    prepared_by: str
    checked_by: str = ""
    checked_on: datetime.date | None = None
    period: Period | None = None
    aspects: dict[str, str] = {}
    condition: tuple[NumericCondition, ...] = ()
    entry: tuple[Entry, ...] = ()


class FileFact(msgspec.Struct, frozen=True):
    """A file as it was found: size in bytes and SHA-256, or `fault` in words."""

    size: int = 0
    sha256: str = ""
    fault: str = ""


class Dossier(msgspec.Struct, frozen=True):
    """A dossier as read: its index, the index's own SHA-256, the day (UTC) on which it was read,
    and its files by the path given."""

    index: Index
    sha256: str
    read_on: datetime.date
    files: dict[str, FileFact]
