"""What an item took from one instrument, by its journal."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from labctl.evidence import Accuracy
from labctl.journal.plain import decode
from labctl.journal.reader import Reader


@dataclass(frozen=True)
class Span:
    """A stretch of Unix time in s, from `since` to `until`, both within."""

    since: float
    until: float = math.inf


@dataclass(frozen=True)
class Use:
    """Readings of one channel by one data sheet line: `count` of them, from `first` to `last`.

    Times are Unix time in s, `low` and `high` the smallest and the largest value in `unit`.
    `accuracy` is None for a state without uncertainty.
    """

    channel: str
    unit: str
    accuracy: Accuracy | None
    count: int
    first: float
    last: float
    low: float
    high: float


def uses(reader: Reader, item: int, serial: str, span: Span) -> tuple[Use, ...]:
    """What the item `item` read from the instrument `serial` within `span`.

    Readings of attempts that were done again are among them: they are as affected, and harmless.
    """
    sql = (
        "SELECT c.name, c.unit, a.value, count(*), min(r.utc), max(r.utc), min(r.value),"
        " max(r.value) FROM readings r JOIN channels c ON c.id = r.channel"
        " LEFT JOIN accuracies a ON a.id = r.accuracy"
        " WHERE c.item = ? AND c.serial = ? AND r.utc >= ? AND r.utc <= ?"
        " GROUP BY c.name, c.unit, r.accuracy ORDER BY min(r.rowid)"
    )
    rows = reader.rows(sql, item, serial, span.since, min(span.until, 1e18))
    return tuple(_uses(rows))


def _uses(
    rows: Iterator[tuple[str, str, str | None, int, float, float, float, float]],
) -> Iterator[Use]:
    for channel, unit, accuracy, count, first, last, low, high in rows:
        sheet = None if accuracy is None else decode(accuracy, Accuracy)
        yield Use(channel, unit, sheet, count, first, last, low or 0.0, high or 0.0)
