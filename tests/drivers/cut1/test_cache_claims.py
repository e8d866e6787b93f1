"""Claims of a cache: possible ones are taken, impossible ones are told."""

from __future__ import annotations

import pytest

from drivers.codecs.cut1 import Access
from drivers.cut1._claims import Claims


def heard(capacity: int, *pairs: tuple[str, str], used: int = 1) -> list[int]:
    accesses = [Access(key) for key, _ in pairs]
    return Claims(capacity).hear(accesses, [outcome for _, outcome in pairs], used)


def test_hits_of_what_was_taken_in() -> None:
    found = heard(2, ("a", "a"), ("b", "r"), ("a", "h0"), ("b", "a"), ("a", "h0"), ("b", "h3"))
    assert found == [-1, -1, 0, -1, 0, 3]


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ((("a", "h0"),), "took in no such"),
        ((("a", "r"), ("a", "h0")), "took in no such"),
        ((("a", "a"), ("b", "h0")), "took in no such"),
        ((("a", "a"), ("a", "h9")), "took in no such"),
    ],
)
def test_hits_of_nothing(pairs: tuple[tuple[str, str], ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        heard(3, *pairs)


def test_more_at_once_than_there_is_room() -> None:
    pairs = (("a", "a"), ("b", "a"), ("a", "h0"), ("b", "h1"))
    assert heard(2, *pairs) == [-1, -1, 0, 1]
    with pytest.raises(ValueError, match="2 held at once of 1"):
        heard(1, *pairs)
    # One after the other there is room for both.
    assert heard(1, ("a", "a"), ("a", "h0"), ("b", "a"), ("b", "h2")) == [-1, 0, -1, 2]


def test_sizes_and_what_is_used() -> None:
    with pytest.raises(ValueError, match="larger than the cache"):
        Claims(2).hear([Access("a", 3)], ["a"], 2)
    with pytest.raises(ValueError, match="3 used of 2"):
        Claims(2).hear([Access("a", 1)], ["a"], 3)
    with pytest.raises(ValueError, match="another size"):
        Claims(9).hear([Access("a", 1), Access("a", 2)], ["a", "r"], 1)


def test_a_trace_longer_than_the_first_room() -> None:
    claims = Claims(1)
    for number in range(3000):
        assert claims.hear([Access("x"), Access("x")], ["a", f"h{2 * number}"], 1)[0] == -1
    assert claims.most_at_once() == 1
