"""A cache that learned to tell one-time accesses by content, and to choose what goes.

Admission: an object whose feature lies above the `threshold` is taken for one that never comes
again and kept out, until it does come again while the cache still remembers that it kept it out
(the history table of Wang et al., ICPP 2018). Replacement: of a sample of the objects held the one
that was asked for least often goes, the longest ago among equals (sampled LFU, as Redis does); the
share 1 - `skill` of the choices is as wrong as it can be, and takes the most wanted. Space:
`reserve` of the capacity is never filled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from sim_backends.streams import stream

SAMPLED = 8
"""Objects among which one is chosen to go."""

ACCESS = 2e-6
"""Seconds of work for one access."""


@dataclass(frozen=True)
class LearnedCache:
    """The device: `threshold` in units of the feature, `skill` and `reserve` as shares (0..1)."""

    threshold: float = 1.5
    skill: float = 0.9
    reserve: float = 0.05


class _Chances:
    """Draws for one trace, made in blocks: others for a trace that begins otherwise."""

    def __init__(self, seed: int, first: str) -> None:
        self._rng = stream(seed, "cache", "choices", first)
        self._waiting: list[float] = []

    def draw(self) -> float:
        """The next number, 0..1."""
        if not self._waiting:
            self._waiting = self._rng.random(4096).tolist()
        return self._waiting.pop()


class RunningCache:
    """`cache` as a program that runs; the port of a program's emulator.

    Nothing of a program outlives it, so a snapshot keeps nothing: what goes on after one begins
    with a new cache.
    """

    not_kept: ClassVar[tuple[str, ...]] = (
        *("_capacity", "_room", "_used", "_count", "_chances"),
        *("_held", "_order", "_asked", "_refused"),
    )

    def __init__(self, cache: LearnedCache, seed: int) -> None:
        self.cache = cache
        self.seed = seed
        self.restart()

    def restart(self) -> None:
        """The program begins anew, without a cache."""
        self._empty(0)

    def make(self, capacity: int) -> None:
        """An empty cache of `capacity` in units of size."""
        self._empty(capacity)

    def _empty(self, capacity: int) -> None:
        self._capacity = capacity
        self._room = capacity * (1.0 - self.cache.reserve)
        self._used = self._count = 0
        self._held: dict[str, tuple[int, int, int]] = {}  # key -> size, taken in at, last asked at
        self._order: list[str] = []
        self._asked: dict[str, int] = {}
        self._refused: set[str] = set()
        self._chances: _Chances | None = None

    @property
    def made(self) -> bool:
        """Whether there is a cache."""
        return self._capacity > 0

    @property
    def count(self) -> int:
        """Accesses so far."""
        return self._count

    @property
    def used(self) -> int:
        """Size of all objects held."""
        return self._used

    def access(self, key: str, size: int, feature: float) -> str:
        """The outcome of one access: `h` with the access that took the object in, `a` or `r`."""
        if self._chances is None:
            self._chances = _Chances(self.seed, f"{key} {feature:.5g}")
        number, self._count = self._count, self._count + 1
        self._asked[key] = self._asked.get(key, 0) + 1
        held = self._held.get(key)
        if held is not None:
            self._held[key] = (held[0], held[1], number)
            return f"h{held[1]}"
        if size > self._room:
            return "r"
        if feature > self.cache.threshold and key not in self._refused:
            self._refused.add(key)
            return "r"
        while self._used + size > self._room:
            self._evict(self._chances.draw)
        self._held[key] = (size, number, number)
        self._order.append(key)
        self._used += size
        return "a"

    def _evict(self, draw: Callable[[], float]) -> None:
        order = self._order
        places = {int(draw() * len(order)) for _ in range(SAMPLED)}
        choose = min if draw() < self.cache.skill else max
        place = choose(places, key=lambda at: (self._asked[order[at]], self._held[order[at]][2]))
        last = order.pop()
        key = last if place == len(order) else order[place]
        if place < len(order):
            order[place] = last
        self._used -= self._held.pop(key)[0]
