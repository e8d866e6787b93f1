"""Ranges of numbers, given by the first and the last of each."""

from __future__ import annotations

from collections.abc import Iterable

Ranges = tuple[tuple[int, int], ...]
"""In order, and apart from each other."""


def ranges(numbers: Iterable[int]) -> Ranges:
    """Numbers as ranges."""
    return merged((number, number) for number in numbers)


def merged(parts: Iterable[tuple[int, int]]) -> Ranges:
    """Ranges in any order as few ranges in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(parts):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def without(spans: Ranges, taken: Ranges) -> Ranges:
    """What is left of `spans` when all of `taken` is taken out."""
    rest = list(spans)
    for first, last in taken:
        halves = [((low, min(high, first - 1)), (max(low, last + 1), high)) for low, high in rest]
        rest = [part for pair in halves for part in pair if part[0] <= part[1]]
    return tuple(rest)
