"""Contents as vectors of bits: the synthetic ones of docs/protocols/cut1.md, exhaustive search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ITEMS, QUERIES, BITS, FLIPPED = 2048, 2000, 256, 16
"""Items held, queries, bits of a vector, bits in which a query differs from its item."""
SIMILAR = BITS // 8
"""Contents are similar that differ in no more bits than these."""

Words = NDArray[np.uint64]


@dataclass(frozen=True)
class Contents:
    """`items` and `queries` as vectors of 64-bit words, shapes (2048, 4) and (2000, 4)."""

    items: Words
    queries: Words


def synthetic(seed: int) -> Contents:
    """Random items, and queries that are items with some bits flipped; the same for a `seed`."""
    rng = np.random.default_rng([seed & (2**63 - 1), ITEMS])
    bits = rng.integers(0, 2, (ITEMS, BITS), dtype=np.uint8)
    asked = bits[rng.choice(ITEMS, QUERIES, replace=False)]
    places = rng.permuted(np.tile(np.arange(BITS), (QUERIES, 1)), axis=1)[:, :FLIPPED]
    asked[np.arange(QUERIES)[:, None], places] ^= 1
    return Contents(_packed(bits), _packed(asked))


def _packed(bits: NDArray[np.uint8]) -> Words:
    return np.packbits(bits, axis=1).view(np.uint64)


def written(vectors: Words) -> list[str]:
    """Each vector as hexadecimal digits."""
    return [one.tobytes().hex() for one in vectors]


def similar(contents: Contents) -> list[frozenset[int]]:
    """For each query the items that are similar to it, by looking at every one."""
    found = list[frozenset[int]]()
    for query in contents.queries:
        apart = np.bitwise_count(contents.items ^ query).sum(axis=1)
        found.append(frozenset(np.flatnonzero(apart <= SIMILAR).tolist()))
    return found


@dataclass(frozen=True)
class Judged:
    """Of each query: items that are `similar`, those `returned`, and the `right` ones of these,
    shape (queries,) each."""

    similar: NDArray[np.int64]
    returned: NDArray[np.int64]
    right: NDArray[np.int64]

    @property
    def error_rate(self) -> float:
        """Wrong items among those returned (0..1)."""
        return 1.0 - float(self.right.sum() / self.returned.sum())

    @property
    def error_deviation(self) -> float:
        """Standard deviation of `error_rate` by the scatter from query to query.

        Of a ratio of sums: W. G. Cochran, Sampling Techniques (1977) 6.4. It is not taken to be
        less than one wrong item would make.
        """
        wrong = self.returned - self.right
        left = wrong - self.error_rate * self.returned
        total = float(self.returned.sum())
        return max(float(left.std(ddof=1)) * np.sqrt(len(left)), 1.0) / total


def judged(answers: Sequence[Sequence[int]], truth: Sequence[frozenset[int]]) -> Judged:
    """`answers` of an index beside what is similar in `truth`, query by query."""
    return Judged(
        np.array([len(one) for one in truth]),
        np.array([len(one) for one in answers]),
        np.array([len(true.intersection(one)) for one, true in zip(answers, truth, strict=True)]),
    )
