"""Role: index of similar content under test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class Answers:
    """For each query the numbers of the `items` that were found; `elapsed` is the run time in s
    from the question to the answer of all of them."""

    items: tuple[tuple[int, ...], ...]
    elapsed: Reading


class SimilarityIndex(Driver, Protocol):
    """Software that finds contents similar to a query among those that it holds.

    Contents are vectors of bits, written as hexadecimal digits. A system that hangs, dies or
    answers nonsense is an `InstrumentError`; vectors that cannot be are `LimitRefused`.
    """

    async def make_index(self, bits: int) -> None:
        """An empty index for vectors of `bits` bits."""
        ...

    async def add(self, vectors: Sequence[str]) -> None:
        """Hold `vectors` as the next items, counted from 0. At most 1000 at once."""
        ...

    async def find(self, vectors: Sequence[str]) -> Answers:
        """What is similar to each of `vectors`, at most 1000 at once, with the time in s."""
        ...

    async def memory(self) -> Reading:
        """Resident memory in bytes that the program takes now."""
        ...
