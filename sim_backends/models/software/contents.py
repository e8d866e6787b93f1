"""The synthetic contents of docs/protocols/cut1.md, made for counting what a search truly takes.

Written from that page and from nothing else: whoever tests makes contents of its own.
"""

from __future__ import annotations

import numpy as np

from sim_backends.models.software.index import Bits
from sim_backends.models.software.searching import SearchIndex
from sim_backends.streams import stream

ITEMS, BITS, FLIPPED = 2048, 256, 16


def contents(rng: np.random.Generator, queries: int) -> tuple[Bits, Bits]:
    """Random items, shape (2048, 4), and `queries` of them with some bits flipped."""
    items = rng.integers(0, 2, (ITEMS, BITS), dtype=np.uint8)
    asked = items[rng.choice(ITEMS, queries, replace=False)]
    for one in asked:
        one[rng.choice(BITS, FLIPPED, replace=False)] ^= 1
    return _words(items), _words(asked)


def _words(digits: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> Bits:
    return np.packbits(digits, axis=1).view(np.uint64)


def counted(index: SearchIndex, seed: int, queries: int = 2000) -> dict[str, float]:
    """Mean operations of a search by kind, on the contents of `seed`."""
    items, asked = contents(stream(seed, "counting"), queries)
    index.build(items, BITS)
    _, counts = index.search(asked)
    return dict(zip(index.kinds, counts.mean(axis=0).tolist(), strict=True))
