"""An index of hash tables over sampled bits: what is similar shares a bucket in one of them.

Locality-sensitive hashing by bit sampling (Indyk and Motwani, STOC 1998), as systems for near-
duplicate contents in real time use it: a query looks into one bucket a table and compares what
lies there. The more tables, the more is found.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.software.index import Bits
from sim_backends.models.software.searching import Found, similar_pairs, unpacked
from sim_backends.streams import stream

TABLES = 8
SAMPLED = 11
"""Bits that a table looks at, fewer where a vector has fewer."""


class HashTables:
    """`TABLES` tables, whose bits are drawn with `seed`."""

    kinds: tuple[str, ...] = ("probe", "compare")

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def build(self, items: Bits, bits: int) -> None:
        """Every item into one bucket of each table."""
        rng = stream(self._seed, "index", "hash tables", str(bits))
        self._bits, self._items = bits, items
        count = min(SAMPLED, bits)
        self._places = [rng.choice(bits, count, replace=False) for _ in range(TABLES)]
        self._tables: list[dict[int, list[int]]] = []
        for keys in self._keys(items):
            table: dict[int, list[int]] = {}
            for number, key in enumerate(keys):
                table.setdefault(key, []).append(number)
            self._tables.append(table)

    def search(self, vectors: Bits) -> Found:
        """One bucket of each table; each item in them is compared once."""
        candidates: list[set[int]] = [set() for _ in range(len(vectors))]
        for table, keys in zip(self._tables, self._keys(vectors), strict=True):
            for one, key in zip(candidates, keys, strict=True):
                one.update(table.get(key, ()))
        compared = np.array([len(one) for one in candidates])
        held = np.array([item for one in candidates for item in one], dtype=np.int64)
        asked: NDArray[np.int64] = np.repeat(np.arange(len(vectors)), compared)
        counts = np.column_stack([np.full(len(vectors), float(TABLES)), compared])
        return similar_pairs(vectors, self._items, (asked, held), self._bits), counts

    def _keys(self, vectors: Bits) -> list[list[int]]:
        digits = unpacked(vectors, self._bits)
        return [
            (digits[:, places] @ (1 << np.arange(len(places)))).tolist() for places in self._places
        ]
