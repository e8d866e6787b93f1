"""Whether hits that a cache claims are possible: it had the object, and never held too much."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drivers.codecs.cut1 import Access

BLOCK = 4096
"""Accesses for which there is room at first."""


class Claims:
    """The claims of one cache of `capacity` since it was made."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.count = 0
        self._taken: dict[int, str] = {}
        self._latest: dict[str, Access] = {}
        self._sizes = np.zeros(BLOCK)
        self._until = np.zeros(BLOCK, dtype=np.int64)

    def hear(self, accesses: Sequence[Access], outcomes: Sequence[str], used: int) -> list[int]:
        """Take `outcomes` of `accesses`, with the size `used` after them.

        Returns the access that took each object in, -1 of a miss. `ValueError` says what cannot
        be; the claims are of no more use then.
        """
        if used > self.capacity:
            raise ValueError(f"{used} used of {self.capacity}")
        found = [self._one(*pair) for pair in zip(accesses, outcomes, strict=True)]
        most = self.most_at_once()
        if most > self.capacity:
            raise ValueError(f"hits show {most} held at once of {self.capacity}")
        return found

    def _one(self, access: Access, outcome: str) -> int:
        number, self.count = self.count, self.count + 1
        if self._latest.setdefault(access.key, access) != access:
            raise ValueError(f"access {number} gives {access.key} another size or feature")
        if outcome == "a":
            self._take(number, access)
        if not outcome.startswith("h"):
            return -1
        since = int(outcome[1:])
        if self._taken.get(since) != access.key:
            raise ValueError(f"access {number} is a hit of access {since}, which took in no such")
        self._until[since] = number
        return since

    def _take(self, number: int, access: Access) -> None:
        if access.size > self.capacity:
            raise ValueError(f"access {number} took in an object larger than the cache")
        self._taken[number] = access.key
        while number >= len(self._sizes):
            self._sizes = np.concatenate([self._sizes, np.zeros_like(self._sizes)])
            self._until = np.concatenate([self._until, np.zeros_like(self._until)])
        self._sizes[number] = access.size

    def most_at_once(self) -> int:
        """The largest size that is shown to have been held at one time.

        An object is shown from the access that took it in to its last hit, in which no room is
        needed for it any more.
        """
        (since,) = np.nonzero(self._until[: self.count])
        change = np.zeros(self.count + 1)
        change[since] = self._sizes[since]
        change -= np.bincount(self._until[since], self._sizes[since], len(change))
        return int(change.cumsum().max())
