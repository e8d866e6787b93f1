"""The queries of blocks: near one item each, others in every block."""

from __future__ import annotations

import numpy as np

from procedures.analysis.contents import FLIPPED, similar, synthetic, written
from procedures.methods.caching.turns import ASKED, BLOCKS, block_of


def test_each_query_is_near_one_item_and_none_comes_twice() -> None:
    items = synthetic(3).items
    asked = list[str]()
    for number in (0, 1, BLOCKS):
        contents = block_of(items, number, 3)
        found = similar(contents)
        assert [len(one) for one in found] == [1] * ASKED
        near = items[[next(iter(one)) for one in found]]
        apart = np.bitwise_count(near ^ contents.queries).sum(axis=1)
        assert set(apart.tolist()) == {FLIPPED}
        assert len({next(iter(one)) for one in found}) == ASKED
        asked += written(contents.queries)
    assert len(set(asked)) == 3 * ASKED


def test_a_block_is_the_same_again_and_another_for_another_seed() -> None:
    items = synthetic(3).items
    queries = block_of(items, 5, 3).queries
    assert np.array_equal(queries, block_of(items, 5, 3).queries)
    assert not np.array_equal(queries, block_of(items, 5, 4).queries)
