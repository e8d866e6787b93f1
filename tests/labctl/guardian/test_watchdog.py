from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from labctl.guardian.watchdog import CLOSING, MISSED, STARTING, Watchdog


def ticks(dog: Watchdog, most: int) -> int:
    """How many ticks pass before the worker is taken for hung."""
    for count in range(1, most + 1):
        if dog.tick():
            return count
    return 0


def test_three_missed_beats_are_a_hang() -> None:
    dog = Watchdog()
    dog.beat()
    assert ticks(dog, 10) == MISSED + 1 == 4


def test_a_worker_has_its_time_to_begin_and_to_close() -> None:
    assert ticks(Watchdog(), 1000) == STARTING + 1
    dog = Watchdog()
    dog.beat()
    dog.closing()
    assert ticks(dog, 1000) == CLOSING + 1


@given(st.lists(st.integers(0, MISSED), max_size=50))
def test_whoever_beats_in_time_is_never_taken_for_hung(silences: list[int]) -> None:
    dog = Watchdog()
    for silent in silences:
        dog.beat()
        assert not any(dog.tick() for _ in range(silent))
