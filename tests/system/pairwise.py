"""Pairwise samples: few cases in which every possible pair of two factors' levels occurs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

Row = tuple[str, ...]
Pair = tuple[int, str, int, str]


def pairs(row: Row) -> set[Pair]:
    """All pairs of levels in a case, each with the places of its factors."""
    return {(a, row[a], b, row[b]) for a, b in combinations(range(len(row)), 2)}


def covering(rows: Sequence[Row], rng: np.random.Generator) -> list[Row]:
    """Some of `rows` that hold every pair which occurs in any of them.

    Greedy: the next case is the one with most pairs that no case before has, among equals one
    drawn by `rng`. The rows that are asked for later add less and less, so a head of the list is
    the best small sample too.
    """
    shuffled = [rows[index] for index in rng.permutation(len(rows))]
    held = {row: pairs(row) for row in shuffled}
    chosen: list[Row] = []
    left = set[Pair]().union(*held.values())
    while left:
        best = max(shuffled, key=lambda row: len(held[row]))
        chosen.append(best)
        gained = held[best]
        left -= gained
        held = {row: rest for row, found in held.items() if (rest := found - gained)}
        shuffled = [row for row in shuffled if row in held]
    return chosen
