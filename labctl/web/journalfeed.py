"""What a journal has got since a place in it: for those who watch a run and were away for a while.

A place is the last row of each table, as text: `12.3.40.2.1.0.5000`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labctl.journal.reader import Reader
from labctl.jsontext import finite
from labctl.runfolder import RunFolder

TABLES = ("events", "attempts", "steps", "answers", "amendments", "gaps", "facts", "readings")
ROWS = 20_000
"""Readings that are looked at in one go."""

OTHERS = 500
"""The same of other rows."""

POINTS = 600
"""Points of all channels together that are told of one go: some 70 KB/s at five a second."""

Place = tuple[int, ...]
START: Place = (0,) * len(TABLES)


@dataclass(frozen=True)
class Piece:
    """What came between two places, as plain data; {} for nothing."""

    end: Place
    document: dict[str, Any]


def place_of(text: str) -> Place | None:
    """The place that `text` names; None for no such text."""
    parts = text.split(".")
    if len(parts) != len(TABLES) or not all(p.isascii() and p.isdigit() for p in parts):
        return None
    return tuple(int(part[:18]) for part in parts)


def text_of(place: Place) -> str:
    """`place` as text."""
    return ".".join(map(str, place))


def newest(folder: Path) -> Place:
    """The end of the journal now."""
    with Reader(RunFolder(folder).journal) as reader:
        return tuple(_last(reader, table) for table in TABLES)


def piece(folder: Path, after: Place, upto: Place | None = None) -> Piece:
    """What came after `after`, not further than `upto`; not more than one may be told at once."""
    with Reader(RunFolder(folder).journal) as reader:
        end = list(upto or [_last(reader, table) for table in TABLES])
        document: dict[str, Any] = {}
        for at, table in enumerate(TABLES[:-1]):
            rows = list(reader.rows(_SQL[table], after[at], end[at]))
            if rows:
                document[table] = [_ROW[table](*row[1:]) for row in rows]
            end[at] = rows[-1][0] if len(rows) == OTHERS else max(after[at], end[at])
        end[-1] = max(after[-1], min(end[-1], after[-1] + ROWS))
        readings = _readings(reader, after[-1], end[-1])
        if readings:
            document["readings"] = readings
    return Piece(tuple(end), finite(document))


def _last(reader: Reader, table: str) -> int:
    [(row,)] = reader.rows(f"SELECT coalesce(max(rowid), 0) FROM {table}")
    return row


def _readings(reader: Reader, after: int, upto: int) -> list[dict[str, Any]]:
    sql = (
        "SELECT c.item, c.name, c.unit, r.t, r.value FROM readings r JOIN channels c"
        " ON c.id = r.channel WHERE r.rowid > ? AND r.rowid <= ? ORDER BY r.rowid"
    )
    found: dict[tuple[int, str, str], list[tuple[float, float | None]]] = {}
    for item, name, unit, t, value in reader.rows(sql, after, upto):
        found.setdefault((item, name, unit), []).append((t, value))
    most = max(4, POINTS // max(1, len(found)))
    return [
        {
            "item": item,
            "channel": name,
            "unit": unit,
            "count": len(rows),
            "points": _few(rows, most),
        }
        for (item, name, unit), rows in found.items()
    ]


def _few(rows: list[tuple[float, float | None]], most: int) -> list[tuple[float, float | None]]:
    """At most `most` rows, with the smallest and the largest value of each stretch."""
    if len(rows) <= most:
        return rows
    from labctl.report.decimate import min_max

    numbers = [at for at, (_t, value) in enumerate(rows) if value is not None]
    chosen, _values = min_max(
        [float(at) for at in numbers],
        [value for _t, value in rows if value is not None],
        max(1, (most - 2) // 2),
    )
    return [rows[int(at)] for at in chosen]


def _sql(table: str, columns: str, join: str = "") -> str:
    return (
        f"SELECT x.rowid, {columns} FROM {table} x {join}"
        f" WHERE x.rowid > ? AND x.rowid <= ? ORDER BY x.rowid LIMIT {OTHERS}"
    )


_SQL = {
    "events": _sql("events", "x.item, x.t, x.utc, x.kind, x.text"),
    "attempts": _sql("attempts", "x.item, x.step, x.attempt, x.t, x.utc"),
    "steps": _sql(
        "steps", "a.item, a.step, a.attempt, x.t, x.utc", "JOIN attempts a ON a.id = x.attempt"
    ),
    "answers": _sql("answers", "x.item, x.prompt, x.said, x.who, x.second, x.source, x.t, x.utc"),
    "amendments": _sql("amendments", "x.item, x.kind, x.subject, x.said, x.reason, x.who, x.utc"),
    "gaps": _sql("gaps", "x.item, x.t, x.utc, x.seconds, x.exposed, x.state"),
    "facts": _sql("facts", "x.item, x.name, x.t, x.utc"),
}

_NAMES = {
    "events": ("item", "t", "utc", "kind", "text"),
    "attempts": ("item", "step", "attempt", "t", "utc"),
    "steps": ("item", "step", "attempt", "t", "utc"),
    "answers": ("item", "prompt", "said", "who", "second", "source", "t", "utc"),
    "amendments": ("item", "kind", "subject", "said", "reason", "who", "utc"),
    "gaps": ("item", "t", "utc", "seconds", "exposed", "state"),
    "facts": ("item", "name", "t", "utc"),
}


def _row(table: str) -> Callable[..., dict[str, Any]]:
    names = _NAMES[table]
    return lambda *values: dict(zip(names, values, strict=True))


_ROW = {table: _row(table) for table in _NAMES}
