from __future__ import annotations

from procedures.methods.caching.exclusion import firsts
from procedures.methods.caching.replaying import share


def test_shares() -> None:
    assert share("hraa", [True, True, False, True], "r") == 1 / 3
    assert share("rr", [True, False], "r") == 1.0


def test_first_accesses_to_what_comes_again() -> None:
    keys = ("a", "b", "a", "c", "a")
    assert firsts(keys, (False, True, False, True, False)) == [True, False, False, False, False]
