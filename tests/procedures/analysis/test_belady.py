"""Belady's optimum against the best of all decisions, tried one by one."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import pytest

from procedures.analysis.belady import NEVER, most_hits, next_accesses


def best_of_all(keys: tuple[str, ...], capacity: int) -> int:
    """Every set that could be held after each access."""

    @cache
    def best(number: int, held: frozenset[str]) -> int:
        if number == len(keys):
            return 0
        key = keys[number]
        may = sorted(held | {key})
        kept = (
            frozenset(one)
            for size in range(min(capacity, len(may)) + 1)
            for one in combinations(may, size)
        )
        return (key in held) + max(best(number + 1, one) for one in kept)

    return best(0, frozenset())


@pytest.mark.parametrize("capacity", [1, 2, 3])
def test_nothing_is_better(capacity: int) -> None:
    rng = np.random.default_rng(capacity)
    for _ in range(12):
        keys = tuple("abcde"[one] for one in rng.integers(0, 5, 10).tolist())
        assert most_hits(keys, capacity) == best_of_all(keys, capacity)


def test_a_newcomer_may_be_kept_out() -> None:
    assert most_hits("abaca", 1) == 2
    assert most_hits("abcabc", 3) == 3
    assert most_hits("", 3) == 0


def test_next_accesses() -> None:
    assert next_accesses("abca") == [3, NEVER, NEVER, NEVER]


def test_a_long_trace_takes_no_quadratic_time() -> None:
    """200,000 accesses; a quadratic search would take minutes and run into the test's time-out."""
    keys = [str(one) for one in np.random.default_rng(1).zipf(1.2, 200_000).tolist()]
    assert 0 < most_hits(keys, 500) < len(keys)
