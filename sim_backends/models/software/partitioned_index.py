"""An index after Spyglass (Leung et al., FAST 2009): partitions, signature files, K-D trees.

As its authors describe it the index is cut into partitions by where contents lie, each is stored
by itself and holds a K-D tree, and signature files in memory tell which partitions a query need
not read. Here a partition is a run of items in the order in which they came. An attribute is a
piece of 16 bits of the vector; a signature has a bit for each hash of an attribute's values. A
partition is read where at least two attributes of the query may be in it. Its tree splits by the
bit that parts a node most evenly, and a search may cross to the other side once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.software.index import Bits
from sim_backends.models.software.searching import Found, similar_pairs, unpacked

PARTITION = 64
"""Items in a partition."""

PIECE = 16
"""Bits of an attribute."""

SIGNATURE = 1024
"""Bits of a signature file for one attribute of one partition."""

NEEDED = 2
"""Attributes that must be in a partition's signatures."""

DEPTH = 4
"""Levels of a K-D tree."""

CROSSED = 1
"""Splits at which a search may take the side that is not the query's."""

_HASH = 40503  # Knuth's multiplicative hash for 16 bits


class Partitions:
    """The index; the last partition may be a short one."""

    kinds: tuple[str, ...] = ("lookup", "partition", "node", "compare")

    def build(self, items: Bits, bits: int) -> None:
        """Partitions of `items` with their signatures and trees."""
        self._items, self._bits = items, bits
        digits = unpacked(items, bits)
        pieces = self._pieces(digits)
        count = -(-len(items) // PARTITION)
        self._signatures = np.zeros((count, pieces.shape[1], SIGNATURE), dtype=np.bool_)
        which = np.arange(len(items)) // PARTITION
        for attribute in range(pieces.shape[1]):
            self._signatures[which, attribute, pieces[:, attribute]] = True
        self._splits = np.zeros((count, 2**DEPTH - 1), dtype=np.int64)
        self._leaf = np.full((count, PARTITION), -1, dtype=np.int64)
        for number in range(count):
            self._plant(number, digits[which == number])

    def search(self, vectors: Bits) -> Found:
        """Signatures of all partitions, then the trees of those that may hold what is sought."""
        digits = unpacked(vectors, self._bits)
        pieces = self._pieces(digits)
        there = np.zeros((len(vectors), len(self._signatures)), dtype=np.int64)
        for attribute in range(pieces.shape[1]):
            there += self._signatures[:, attribute, pieces[:, attribute]].T
        asked, partition = np.nonzero(there >= min(NEEDED, pieces.shape[1]))
        leaves, nodes = self._descend(digits[asked], partition)
        leaf = self._leaf[partition]
        taken = (leaf >= 0) & np.take_along_axis(leaves, np.maximum(leaf, 0), axis=1)
        pair, place = np.nonzero(taken)
        candidates = asked[pair], partition[pair] * PARTITION + place
        counts = np.column_stack([
            np.full(len(vectors), float(self._signatures.shape[0] * self._signatures.shape[1])),
            np.bincount(asked, minlength=len(vectors)),
            np.bincount(asked, weights=nodes, minlength=len(vectors)),
            np.bincount(candidates[0], minlength=len(vectors)),
        ])
        return similar_pairs(vectors, self._items, candidates, self._bits), counts

    def _pieces(self, digits: NDArray[np.uint8]) -> NDArray[np.int64]:
        """The place of each attribute in its signature, shape (vectors, attributes)."""
        short = -digits.shape[1] % PIECE
        whole = np.pad(digits, ((0, 0), (0, short))).reshape(len(digits), -1, PIECE)
        values = whole @ (1 << np.arange(PIECE))
        return (values * _HASH & 0xFFFF) * SIGNATURE >> 16

    def _plant(self, number: int, digits: NDArray[np.uint8]) -> None:
        """The tree of partition `number`: nodes by level, the lower half of each takes a 0."""
        nodes = np.zeros(len(digits), dtype=np.int64)
        for level in range(DEPTH):
            for node in range(2**level):
                members = digits[nodes == node]
                uneven = np.abs(members.mean(axis=0) - 0.5) if len(members) else np.zeros(1)
                self._splits[number, 2**level - 1 + node] = np.argmin(uneven)
            split = self._splits[number, 2**level - 1 + nodes]
            nodes = 2 * nodes + digits[np.arange(len(digits)), split]
        self._leaf[number, : len(digits)] = nodes

    def _descend(
        self, digits: NDArray[np.uint8], partition: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Which leaves a search reaches, shape (searches, leaves), and nodes that it visits."""
        crossed = np.zeros((len(digits), 1), dtype=np.int64)
        visited = np.zeros(len(digits), dtype=np.int64)
        for level in range(DEPTH):
            visited += (crossed <= CROSSED).sum(axis=1)
            split = self._splits[partition, 2**level - 1 : 2 ** (level + 1) - 1]
            side = np.take_along_axis(digits, split, axis=1)
            both = np.stack([crossed + (side == 1), crossed + (side == 0)], axis=2)
            crossed = both.reshape(len(digits), -1)
        return crossed <= CROSSED, visited
