from __future__ import annotations

import numpy as np
import pytest

from procedures.analysis.contents import (
    FLIPPED,
    ITEMS,
    QUERIES,
    Contents,
    judged,
    similar,
    synthetic,
    written,
)


def test_each_query_has_one_similar_item() -> None:
    contents = synthetic(4)
    assert (contents.items == synthetic(4).items).all()
    assert (contents.items != synthetic(5).items).any()
    found = similar(contents)
    assert len(found) == QUERIES
    assert {len(one) for one in found} == {1}
    assert len(frozenset.union(*found)) == QUERIES
    (first,) = found[0]
    apart = np.bitwise_count(contents.items[first] ^ contents.queries[0]).sum()
    assert apart == FLIPPED
    digits = written(contents.items)
    assert len(digits) == ITEMS
    assert {len(one) for one in digits} == {64}
    assert int(digits[0][:2], 16) == contents.items[0].tobytes()[0]


def test_by_hand() -> None:
    items = np.array([[0], [2**33 - 1], [2**32 - 1]], dtype=np.uint64)
    assert similar(Contents(items, np.array([[0]], dtype=np.uint64))) == [frozenset({0, 2})]


def test_judged() -> None:
    truth = [frozenset({1}), frozenset({2}), frozenset({3}), frozenset({4})]
    seen = judged([(1,), (2, 9), (), (7,)], truth)
    assert (seen.right.sum(), seen.similar.sum(), seen.returned.sum()) == (2, 4, 4)
    assert seen.error_rate == pytest.approx(0.5)
    assert judged([(1,), (2,), (3,), (4,)], truth).error_deviation == pytest.approx(0.25)


def test_the_deviation_of_the_error_rate_is_its_scatter() -> None:
    rng = np.random.default_rng(2)
    rates, deviations = list[float](), list[float]()
    truth = [frozenset({0})] * 400
    for _ in range(300):
        found = rng.random(400) < 0.9
        wrong = rng.poisson(0.08, 400)
        answers = [
            (*((0,) if right else ()), *range(1, 1 + bad))
            for right, bad in zip(found.tolist(), wrong.tolist(), strict=True)
        ]
        seen = judged(answers, truth)
        rates.append(seen.error_rate)
        deviations.append(seen.error_deviation)
    assert np.mean(deviations) == pytest.approx(np.std(rates, ddof=1), rel=0.15)
    assert np.mean(rates) == pytest.approx(0.08 / 0.98, abs=4 * np.std(rates) / 300**0.5)
