from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from labctl.verification.salvage.ranges import Ranges, merged, ranges, without

numbers = st.sets(st.integers(1, 40), max_size=20)
parts = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 5)), max_size=8)


def members(spans: Ranges) -> set[int]:
    return {number for first, last in spans for number in range(first, last + 1)}


@given(numbers)
def test_ranges_hold_their_numbers(some: set[int]) -> None:
    found = ranges(some)
    assert members(found) == some
    assert all(after[0] > before[1] + 1 for before, after in itertools.pairwise(found))


@given(parts, parts)
def test_what_is_left(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    first = merged((start, start + more) for start, more in one)
    second = merged((start, start + more) for start, more in other)
    assert members(without(first, second)) == members(first) - members(second)
