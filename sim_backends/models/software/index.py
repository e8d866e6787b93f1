"""An index of similar content that misses some of what is similar and takes some that is not.

Exhaustive search tells what is similar (Hamming distance). Each similar item is missed with the
probability exp(-`strength`), as hash tables that miss it independently do; beside it wrong items
come, in a number by Poisson's law of mean `wrong`. Work takes `seconds` a query, times a factor
that is lognormal with the deviation `scatter` from line to line, as a busy machine makes it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim_backends.streams import stream

Bits = NDArray[np.uint64]
"""Vectors as words of 64 bits, the last one filled up with zeros, shape (vectors, words)."""

SIMILAR = 8
"""Two vectors are similar that differ in no more than one bit of so many (docs/protocols)."""


@dataclass(frozen=True)
class ContentIndex:
    """The device; `strength` is a plain number, `wrong` a mean number of items a query, `seconds`
    the work of a query in s, `scatter` the deviation of its logarithm."""

    strength: float
    wrong: float
    seconds: float = 20e-6
    scatter: float = 0.05


def words(bits: int) -> int:
    """Words of 64 bits that hold a vector of `bits` bits."""
    return -(-bits // 64)


def distances(items: Bits, vector: Bits) -> NDArray[np.int64]:
    """Bits in which `vector`, shape (words,), differs from each of `items`, shape (items,)."""
    return np.bitwise_count(items ^ vector).sum(axis=1, dtype=np.int64)


class RunningIndex:
    """`index` as a program that runs; the port of a program's emulator. A snapshot keeps nothing of
    it, as nothing of a program outlives it."""

    not_kept: ClassVar[tuple[str, ...]] = ("_bits", "_items", "_rng")

    def __init__(self, index: ContentIndex, seed: int, name: str = "system") -> None:
        self.index = index
        self.seed = seed
        self.name = name
        self.restart()

    def restart(self) -> None:
        """The program begins anew, without an index."""
        self.make(0)

    def make(self, bits: int) -> None:
        """An empty index for vectors of `bits` bits."""
        self._bits = bits
        self._items: Bits = np.zeros((0, words(bits)), dtype=np.uint64)
        self._rng = stream(self.seed, "index", self.name)

    @property
    def bits(self) -> int:
        """Bits of a vector; 0 where there is no index."""
        return self._bits

    @property
    def held(self) -> int:
        """Items held."""
        return len(self._items)

    def add(self, vectors: Bits) -> None:
        """Hold `vectors`, shape (vectors, words)."""
        self._items = np.concatenate([self._items, vectors])

    def find(self, vectors: Bits) -> tuple[list[list[int]], float]:
        """Numbers of the items taken for similar to each of `vectors`, and the work in s."""
        found = [self._answer(vector) for vector in vectors]
        factor = float(np.exp(self.index.scatter * self._rng.standard_normal()))
        return found, factor * self.index.seconds * len(vectors)

    def _answer(self, vector: Bits) -> list[int]:
        apart = distances(self._items, vector)
        similar = np.flatnonzero(apart <= self._bits // SIMILAR)
        found = set(
            similar[self._rng.random(len(similar)) >= math.exp(-self.index.strength)].tolist()
        )
        others = len(self._items) - len(similar)
        wanted = min(int(self._rng.poisson(self.index.wrong)), others)
        while wanted:
            item = int(self._rng.integers(len(self._items)))
            if apart[item] > self._bits // SIMILAR and item not in found:
                found.add(item)
                wanted -= 1
        return sorted(found)
