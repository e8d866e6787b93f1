"""The numbers that rows of a journal are given, and what is kept in it once."""

from __future__ import annotations

from collections.abc import Callable

from labctl.evidence import Accuracy
from labctl.journal.batch import Row
from labctl.journal.opening import ChannelKey, Standing
from labctl.journal.plain import clean, encode

Add = Callable[[str, Row], None]
"""Appends a row to a table."""


SEEN = 1000
"""Data sheet lines that are known again as the very objects that they are: to compare one by all
that stands in it takes a third of the time that a reading takes."""


class Numbers:
    """Goes on with the numbers of a journal that stands at `known`; new rows go to `add`."""

    def __init__(self, known: Standing, add: Add) -> None:
        self._add = add
        self._last = dict(known.last)
        self._benches = set(known.benches)
        self._channels = dict(known.channels)
        self._accuracies = dict(known.accuracies)
        self._seen: dict[int, tuple[Accuracy, int]] = {}

    def next(self, table: str) -> int:
        """The number of a new item or attempt."""
        self._last[table] += 1
        return self._last[table]

    def last(self, table: str) -> int:
        """The number that was given last; 0 where there was none."""
        return self._last[table]

    def bench(self, sha256: str, name: str, text: str) -> None:
        """Keep a bench file, once."""
        if sha256 not in self._benches:
            self._benches.add(sha256)
            self._add("benches", (sha256, name, clean(text)))

    def channel(self, key: ChannelKey) -> int:
        """The number of a channel."""
        known = self._channels.get(key)
        if known is None:
            known = self._channels[key] = len(self._channels) + 1
            self._add("channels", (known, key[0], *map(clean, key[1:])))
        return known

    def accuracy(self, accuracy: Accuracy) -> int:
        """The number of a data sheet's line."""
        seen = self._seen.get(id(accuracy))
        if seen is None:
            if len(self._seen) >= SEEN:
                self._seen.clear()
            seen = self._seen[id(accuracy)] = accuracy, self._number(accuracy)
        return seen[1]

    def _number(self, accuracy: Accuracy) -> int:
        known = self._accuracies.get(accuracy)
        if known is None:
            known = self._accuracies[accuracy] = len(self._accuracies) + 1
            self._add("accuracies", (known, encode(accuracy)))
        return known
