"""Indexes that do the work: what they find, and that fewer operations are counted than items."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.data.query_work import OPERATIONS
from sim_backends.models.software.contents import BITS, contents, counted
from sim_backends.models.software.hash_tables import HashTables
from sim_backends.models.software.index import distances
from sim_backends.models.software.partitioned_index import Partitions
from sim_backends.models.software.searching import SearchIndex, similar_pairs, unpacked
from sim_backends.models.software.semantic_index import SemanticGroups
from sim_backends.streams import stream

INDEXES: dict[str, SearchIndex] = {
    "system": HashTables(3),
    "spyglass": Partitions(),
    "smartstore": SemanticGroups(),
}
LEAST = {"system": 0.985, "spyglass": 0.95, "smartstore": 0.95}


@pytest.mark.parametrize("role", list(INDEXES))
def test_nearly_all_that_is_similar_is_found_and_nothing_else(role: str) -> None:
    items, asked = contents(stream(8, "contents"), 400)
    index = INDEXES[role]
    index.build(items, BITS)
    found, counts = index.search(asked)
    truth = [np.flatnonzero(distances(items, one) <= BITS // 8).tolist() for one in asked]
    assert LEAST[role] <= np.mean([one == true for one, true in zip(found, truth, strict=True)])
    assert all(set(one) <= set(true) for one, true in zip(found, truth, strict=True))
    assert counts.shape == (400, len(index.kinds))
    compared = counts[:, index.kinds.index("compare")]
    assert all(compared >= [len(one) for one in found])
    assert compared.mean() < len(items) / 4


@pytest.mark.parametrize("role", list(INDEXES))
def test_what_was_counted_is_counted_again(role: str) -> None:
    """Two sets of contents instead of sixty: within a few of their own deviations."""
    both = [counted(INDEXES[role], seed, 600) for seed in (101, 102)]
    for kind, mean in OPERATIONS[role].items():
        assert np.mean([one[kind] for one in both]) == pytest.approx(mean, rel=0.06)


@pytest.mark.parametrize("role", list(INDEXES))
@pytest.mark.parametrize("bits", [16, 68])
def test_short_vectors_and_few_items(role: str, bits: int) -> None:
    items = np.zeros((3, 1 + (bits > 64)), dtype=np.uint64)
    items[1] = 0xFFFF
    index = INDEXES[role]
    index.build(items, bits)
    found, _ = index.search(items[:1])
    assert found in ([[0, 2]], [[0, 1, 2]])


def test_bits_and_pairs() -> None:
    items = np.frombuffer(bytes.fromhex("80" + "00" * 7 + "c0" + "00" * 7), dtype=np.uint64)
    vectors = items.reshape(2, 1)
    assert unpacked(vectors, 4).tolist() == [[1, 0, 0, 0], [1, 1, 0, 0]]
    both = np.array([0, 0, 1, 1]), np.array([1, 0, 0, 1])
    assert similar_pairs(vectors, vectors, both, 8) == [[0, 1], [0, 1]]
    assert similar_pairs(vectors, vectors, both, 4) == [[0], [1]]
