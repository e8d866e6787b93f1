"""Readings of a channel for a plot: kept as arrays, given back as few points with every extreme."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from labctl.journal.reader import Reader
from labctl.runfolder import RunFolder

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

MOST = 256 * 1024 * 1024
"""Bytes of arrays that are kept; the channel that was asked for longest ago goes."""

ROW = 32
"""Bytes of one reading there."""


@dataclass
class Column:
    """Readings of a channel as the journal has them: rowids, attempts, run times in s, values."""

    rows: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    attempts: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    t: Floats = field(default_factory=lambda: np.empty(0))
    values: Floats = field(default_factory=lambda: np.empty(0))

    def extended(self, reader: Reader, item: int, channel: str) -> Column:
        """With what was recorded since."""
        last = int(self.rows[-1]) if self.rows.size else 0
        sql = (
            "SELECT r.rowid, coalesce(r.attempt, 0), r.t, r.value FROM readings r"
            " WHERE r.rowid > ? AND r.channel IN"
            " (SELECT id FROM channels WHERE item = ? AND name = ?) ORDER BY r.rowid"
        )
        new = list(reader.rows(sql, last, item, channel))
        if not new:
            return self
        rows, attempts, t, values = zip(*new, strict=True)
        return Column(
            np.concatenate((self.rows, np.array(rows, np.int64))),
            np.concatenate((self.attempts, np.array(attempts, np.int64))),
            np.concatenate((self.t, np.array(t, np.float64))),
            np.concatenate((self.values, np.array(values, np.float64))),
        )


class Columns:
    """The channels that were asked for lately."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Path, int, str], Column] = OrderedDict()

    def readings(self, folder: Path, item: int, channel: str) -> tuple[Floats, Floats]:
        """Run times in s and values of the readings that count, in the order of the journal."""
        key = (folder, item, channel)
        with self._lock:
            before = self._kept.get(key, Column())
        with Reader(RunFolder(folder).journal) as reader:
            column = before.extended(reader, item, channel)
            again = reader.done_again(item)
        with self._lock:
            self._kept[key] = column
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and self._size() > MOST:
                self._kept.popitem(last=False)
        counts = np.ones(column.rows.size, dtype=np.bool_)
        for attempt, last in again.items():
            counts &= (column.attempts != attempt) | (column.rows <= last)
        return column.t[counts], column.values[counts]

    def _size(self) -> int:
        return sum(ROW * column.rows.size for column in self._kept.values())


def min_max(t: Floats, values: Floats, points: int) -> tuple[Floats, Floats]:
    """At most `points` of them: first and last, and of each stretch the smallest and the largest.

    `t` are run times in s, `values` in any unit, both of one length. A NaN is left out where its
    stretch has a number.
    """
    count = values.size
    if count <= max(points, 4):
        return t, values
    buckets = max(1, (points - 2) // 2)
    edges = np.linspace(0, count, buckets + 1).astype(np.int64)
    low = np.where(np.isnan(values), np.inf, values)
    high = np.where(np.isnan(values), -np.inf, values)
    chosen = {0, count - 1}
    for begin, end in pairwise(edges):
        chosen.add(int(begin + np.argmin(low[begin:end])))
        chosen.add(int(begin + np.argmax(high[begin:end])))
    order = np.array(sorted(chosen))
    return t[order], values[order]
