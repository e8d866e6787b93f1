"""The model of a learned cache: what it keeps out, what it lets go, how much it fills."""

from __future__ import annotations

import pytest

from sim_backends.models.software.cache import LearnedCache, RunningCache


def running(capacity: int, **parts: float) -> RunningCache:
    made = RunningCache(LearnedCache(**parts), 1)
    made.make(capacity)
    return made


def test_what_it_kept_out_it_takes_in_when_it_comes_again() -> None:
    cache = running(5, threshold=1.0, reserve=0.0)
    assert [cache.access("x", 1, 1.5) for _ in range(3)] == ["r", "a", "h1"]
    assert cache.access("y", 1, 0.5) == "a"
    assert (cache.count, cache.used) == (4, 2)


def test_skill_lets_the_least_wanted_go() -> None:
    def lost(skill: float) -> str:
        cache = running(2, skill=skill, reserve=0.0)
        for key in ("often", "often", "once", "new"):
            cache.access(key, 1, 0.0)
        return "once" if cache.access("often", 1, 0.0).startswith("h") else "often"

    assert (lost(1.0), lost(0.0)) == ("once", "often")


def test_it_never_fills_its_reserve_nor_takes_in_what_is_too_large() -> None:
    cache = running(100, reserve=0.2)
    for number in range(200):
        cache.access(str(number), 7, 0.0)
        assert cache.used <= 80
    assert cache.used == 77
    assert cache.access("large", 81, 0.0) == "r"


def test_two_lives_are_alike() -> None:
    one, other = running(3), running(3)
    other.access("x", 1, 0.0)
    other.restart()
    assert not other.made
    other.make(3)
    keys = [str(number * 7 % 11) for number in range(60)]
    assert [one.access(key, 1, 0.0) for key in keys] == [other.access(key, 1, 0.0) for key in keys]


@pytest.mark.parametrize("reserve", [0.0, 0.3])
def test_hits_name_the_access_that_took_the_object_in(reserve: float) -> None:
    cache = running(4, reserve=reserve)
    taken = dict[str, int]()
    for number in range(300):
        key = str(number * number % 13)
        outcome = cache.access(key, 1, 0.0)
        if outcome == "a":
            taken[key] = number
        elif outcome != "r":
            assert int(outcome[1:]) == taken[key]
