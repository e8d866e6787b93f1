"""The readings of a run's journal as they come: what is new is read once, for all who look on.

A journal is opened for each look and closed again, so that any thread may look.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from labctl.journal.reader import Reader
from labctl.runfolder import RunFolder
from labctl.web.view.envelope import NOTHING, Envelope, Points

CHUNK = 20_000
"""Readings that one look takes in: whoever waits for a page waits for one look at most."""


@dataclass
class Channel:
    """A channel of an item of a run: its `unit`, and its readings so far.

    `numbers` are those of the wires it was read from, in the journal.
    """

    item: int
    name: str
    unit: str
    numbers: list[int] = field(default_factory=list[int])
    envelope: Envelope = field(default_factory=Envelope)


class Tail:
    """The journal of the run in the folder `path`, looked at again and again.

    `version` is the number of the last transaction that was seen.
    `generation` changes where what was read before no longer stands: a step is done again, and its
    readings are left out from then on, as they are left out of the evidence.
    """

    def __init__(self, path: Path) -> None:
        self.generation = 0
        self.version = 0
        self.channels: dict[tuple[int, str, str], Channel] = {}
        self._path = path
        self._read, self._read_all = 0, False
        self._by_number: dict[int, Channel] = {}
        self._again: dict[int, int] = {}
        self._lock = threading.Lock()

    def look(self) -> bool:
        """Take in what is new; whether there is more. `JournalError` where it cannot be read."""
        with self._lock, Reader(RunFolder(self._path).journal) as reader:
            [(version,)] = reader.rows("SELECT coalesce(max(tx), 0) FROM chain")
            if version == self.version and self._read_all:
                return False
            self._forget_what_was_redone(reader)
            self._meet_channels(reader)
            sql = (
                "SELECT rowid, channel, t, value, attempt FROM readings"
                " WHERE rowid > ? ORDER BY rowid LIMIT ?"
            )
            rows = list(reader.rows(sql, self._read, CHUNK))
            if rows:
                self._take(np.array(rows, dtype=float))
            self.version, self._read_all = version, len(rows) < CHUNK
            return not self._read_all

    def window(self, channel: Channel, t0: float, t1: float, most: int) -> Points:
        """At most `most` readings of `channel` from run time `t0` to `t1` in s."""
        with self._lock:
            return self._drawn(channel, lambda one, read: one.window(t0, t1, most, read))

    def after(self, channel: Channel, row: int, most: int) -> Points:
        """At most `most` readings of `channel` that were recorded behind the row `row`."""
        with self._lock:
            return self._drawn(channel, lambda one, read: one.after(row, most, read))

    def _drawn(
        self,
        channel: Channel,
        draw: Callable[[Envelope, Callable[[int, int], Points]], Points],
    ) -> Points:
        """What `draw` makes of the channel; the journal is opened if it has to be read."""

        def read(first: int, last: int) -> Points:
            with Reader(RunFolder(self._path).journal) as reader:
                return self._raw(reader, channel, first, last)

        return draw(channel.envelope, read)

    def _raw(self, reader: Reader, channel: Channel, first: int, last: int) -> Points:
        marks = ", ".join("?" * len(channel.numbers))
        sql = (
            "SELECT rowid, channel, t, value, attempt FROM readings"
            f" WHERE channel IN ({marks}) AND rowid BETWEEN ? AND ? AND value IS NOT NULL"
            " ORDER BY rowid"
        )
        rows = list(reader.rows(sql, *channel.numbers, first, last))
        return NOTHING if not rows else self._standing(np.array(rows, dtype=float))

    def _forget_what_was_redone(self, reader: Reader) -> None:
        again: dict[int, int] = {}
        for number, *_rest in reader.items():
            again.update(reader.done_again(number))
        if again != self._again:
            self._again, self._read = again, 0
            self.generation += 1
            for channel in self.channels.values():
                channel.envelope = Envelope()

    def _meet_channels(self, reader: Reader) -> None:
        for number, item, name, unit in reader.rows(
            "SELECT id, item, name, unit FROM channels ORDER BY rowid"
        ):
            if number not in self._by_number:
                key = (item, name, unit)
                channel = self.channels.setdefault(key, Channel(*key))
                channel.numbers.append(number)
                self._by_number[number] = channel

    def _take(self, rows: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> None:
        self._read = int(rows[-1, 0])
        for number in np.unique(rows[:, 1]):
            known = self._by_number.get(int(number))
            if known is not None:
                known.envelope.extend(self._standing(rows[rows[:, 1] == number]))

    def _standing(self, rows: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Points:
        """Those of `rows` that count: not behind the last committed part of an attempt that was
        done again."""
        stands = np.ones(len(rows), dtype=bool)
        for attempt, last in self._again.items():
            stands &= (rows[:, 4] != attempt) | (rows[:, 0] <= last)
        return Points(rows[stands, 0], rows[stands, 2], rows[stands, 3])
