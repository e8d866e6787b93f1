"""Role: cache system under test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class Replayed:
    """What became of a run of accesses: an `outcomes` letter for each, and `used` after the last.

    `h` is a hit, `a` a miss whose object was taken in, `r` a miss whose object was kept out.
    `taken` tells for each access the number of the one that took its object in, -1 of a miss.
    `used` is the size of all objects held, in units of size; `seconds` the run time in s.
    """

    outcomes: str
    taken: tuple[int, ...]
    used: Reading
    seconds: float


class CacheSystem(Driver, Protocol):
    """Software that decides for each access of a trace what to hold; what it claims is checked.

    A system that hangs, dies, answers nonsense or claims hits that it cannot have had is an
    `InstrumentError`; a capacity or an access that cannot be is `LimitRefused`.
    """

    async def make_cache(self, capacity: int) -> None:
        """An empty cache of `capacity` in units of size; what it has learned may stay."""
        ...

    async def replay(
        self, keys: Sequence[str], sizes: Sequence[int], features: Sequence[float]
    ) -> Replayed:
        """Ask for objects one after the other; `sizes` in units of size, `features` of 1, each of
        the length of `keys`. At most 1000 at once."""
        ...

    async def processor_time(self) -> Reading:
        """Processor time in s that the program has used since it was started."""
        ...

    async def memory(self) -> Reading:
        """Resident memory in bytes that the program takes now, whatever the cache's capacity."""
        ...
