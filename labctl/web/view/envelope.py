"""A channel of any length, kept small: of each block of readings its extremes and where it lies.

A plot of a window is drawn from the blocks inside it; the readings at the ends of the window, and
all of them once the window holds few, are read from the journal again. Nothing of a plot is made
up: each point is a reading.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BLOCK = 16
"""Readings of a block."""

RAW = 4096
"""So many readings at most are read again for one plot, beside the two ends of its window."""


class Points(NamedTuple):
    """Readings in the order in which they were recorded: row of the journal, run time in s, value
    in the channel's unit."""

    row: Array
    t: Array
    value: Array

    @property
    def size(self) -> int:
        """How many there are."""
        return int(self.row.size)


Read = Callable[[int, int], Points]
"""The readings of the channel from one row of the journal to another, both included."""

NOTHING = Points(np.empty(0), np.empty(0), np.empty(0))


class _Blocks(NamedTuple):
    """Columns over blocks: first and last row, earliest and latest time, the readings that are
    lowest and highest."""

    first: Array
    last: Array
    begin: Array
    end: Array
    low: Points
    high: Points


class Envelope:
    """The readings of one channel. One without a value (NaN) is counted and not drawn."""

    def __init__(self) -> None:
        self.count = 0
        self.missing = 0
        self.newest: tuple[int, float, float] | None = None
        self._columns = np.empty((10, 64))
        self._blocks = 0
        self._open = NOTHING

    def extend(self, new: Points) -> None:
        """Add readings, in the order in which they were recorded."""
        there = np.isfinite(new.value)
        self.missing += int(new.size - np.count_nonzero(there))
        if not there.any():
            return
        joined = _joined([self._open, Points(*(column[there] for column in new))])
        self.count += int(np.count_nonzero(there))
        self.newest = (int(joined.row[-1]), float(joined.t[-1]), float(joined.value[-1]))
        whole = joined.size // BLOCK
        self._close(Points(*(column[: whole * BLOCK].reshape(whole, BLOCK) for column in joined)))
        self._open = Points(*(column[whole * BLOCK :] for column in joined))

    def window(self, t0: float, t1: float, most: int, read: Read) -> Points:
        """At most `most` readings between run times `t0` and `t1` in s, extremes and ends among
        them."""
        blocks = self._known()
        chosen = (blocks.end >= t0) & (blocks.begin <= t1)
        whole = (blocks.begin >= t0) & (blocks.end <= t1)
        found = self._gathered(blocks, chosen, whole, read)
        return thinned(_where(found, (found.t >= t0) & (found.t <= t1)), most)

    def after(self, row: int, most: int, read: Read) -> Points:
        """At most `most` of the readings behind the journal's row `row`, extremes and ends among
        them."""
        blocks = self._known()
        found = self._gathered(blocks, blocks.last > row, blocks.first > row, read)
        return thinned(_where(found, found.row > row), most)

    @property
    def span(self) -> tuple[float, float] | None:
        """Earliest and latest run time in s; None where there is no reading."""
        if not self.count:
            return None
        blocks = self._known()
        begins = [part.min() for part in (blocks.begin, self._open.t) if part.size]
        ends = [part.max() for part in (blocks.end, self._open.t) if part.size]
        return float(min(begins)), float(max(ends))

    def _close(self, blocks: Points) -> None:
        """Keep the extremes of whole blocks, given as rows of `BLOCK` readings."""
        count = blocks.row.shape[0]
        while self._blocks + count > self._columns.shape[1]:
            self._columns = np.concatenate([self._columns, np.empty_like(self._columns)], axis=1)
        new = self._columns[:, self._blocks : self._blocks + count]
        each: NDArray[np.int64] = np.arange(count, dtype=np.int64)
        new[0], new[1] = blocks.row[:, 0], blocks.row[:, -1]
        new[2], new[3] = blocks.t.min(axis=1), blocks.t.max(axis=1)
        for at, index in ((4, blocks.value.argmin(axis=1)), (7, blocks.value.argmax(axis=1))):
            for offset, column in enumerate(blocks):
                new[at + offset] = column[each, index]
        self._blocks += count

    def _known(self) -> _Blocks:
        c = self._columns[:, : self._blocks]
        return _Blocks(c[0], c[1], c[2], c[3], Points(c[4], c[5], c[6]), Points(c[7], c[8], c[9]))

    def _gathered(
        self, blocks: _Blocks, chosen: NDArray[np.bool_], whole: NDArray[np.bool_], read: Read
    ) -> Points:
        """The readings of the `chosen` blocks, of those that lie `whole` inside the extremes."""
        at = np.flatnonzero(chosen)
        parts = [self._open]
        if 0 < at.size <= RAW // BLOCK:
            parts.append(read(int(blocks.first[at[0]]), int(blocks.last[at[-1]])))
        elif at.size:
            whole = chosen & whole
            whole[at[[0, -1]]] = False
            parts += [_where(blocks.low, whole), _where(blocks.high, whole)]
            cut = np.flatnonzero(chosen & ~whole)
            parts += [read(int(blocks.first[one]), int(blocks.last[one])) for one in cut]
        found = _joined(parts)
        _rows, unique = np.unique(found.row, return_index=True)
        return Points(*(column[unique] for column in found))


def thinned(points: Points, most: int) -> Points:
    """At most `most` (4 or more) of `points`: the lowest and the highest of equal spans of time,
    and both ends."""
    if points.size <= most:
        return points
    columns = most // 2 - 1
    begin, end = float(points.t.min()), float(points.t.max())
    place = (points.t - begin) / ((end - begin) or 1.0) * columns
    # A time that steps back, which no journal of ours has, stays in the span before it.
    column = np.maximum.accumulate(np.minimum(place.astype(int), columns - 1))
    edges = [0, *(np.flatnonzero(np.diff(column)) + 1).tolist(), points.size]
    kept = {0, points.size - 1}
    for first, behind in pairwise(edges):
        part = points.value[first:behind]
        kept.update((first + int(part.argmin()), first + int(part.argmax())))
    chosen = sorted(kept)
    return Points(*(column[chosen] for column in points))


def _where(points: Points, mask: NDArray[np.bool_]) -> Points:
    return Points(*(column[mask] for column in points))


def _joined(parts: list[Points]) -> Points:
    return Points(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
