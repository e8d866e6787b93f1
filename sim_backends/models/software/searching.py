"""What indexes that are searched have in common: they count the operations that a search takes."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.software.index import SIMILAR, Bits

Counts = NDArray[np.float64]
"""Operations of each kind for each query, shape (queries, kinds)."""

Found = tuple[list[list[int]], Counts]
"""Numbers of the items found for each query, rising, and the operations that it took."""


class SearchIndex(Protocol):
    """An index that does the work; `kinds` names the operations that it counts."""

    kinds: tuple[str, ...]

    def build(self, items: Bits, bits: int) -> None:
        """Hold `items`, shape (items, words), vectors of `bits` bits, and nothing else."""
        ...

    def search(self, vectors: Bits) -> Found:
        """What is similar to each of `vectors`, shape (queries, words)."""
        ...


def unpacked(vectors: Bits, bits: int) -> NDArray[np.uint8]:
    """The bits of `vectors`, shape (vectors, bits)."""
    return np.unpackbits(np.ascontiguousarray(vectors).view(np.uint8), axis=1)[:, :bits]


def similar_pairs(
    vectors: Bits, items: Bits, pairs: tuple[NDArray[np.int64], NDArray[np.int64]], bits: int
) -> list[list[int]]:
    """For each of `vectors` the items that are similar to it, among candidate `pairs` (numbers of
    vectors, numbers of items)."""
    asked, held = pairs
    apart = np.bitwise_count(vectors[asked] ^ items[held]).sum(axis=1)
    found: list[list[int]] = [[] for _ in range(len(vectors))]
    near = apart <= bits // SIMILAR
    for query, item in sorted(zip(asked[near].tolist(), held[near].tolist(), strict=True)):
        found[query].append(item)
    return found
