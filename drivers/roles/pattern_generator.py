"""Role: pattern generator with compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from drivers.roles.digital_tester import DigitalTester

if TYPE_CHECKING:
    from drivers.roles.arrays import BoolArray, IntArray


class PatternGenerator(DigitalTester, Protocol):
    """Drives digital lines with a pattern and compares what comes back.

    Levels and rates beyond the instrument's or the bench's limits are `LimitRefused`; lost
    synchronism is `InstrumentError`.
    """

    async def set_levels(self, *, low: float, high: float, threshold: float) -> None:
        """Drive levels and compare threshold in V."""
        ...

    async def set_rate(self, frequency: float) -> None:
        """Vectors a second in Hz."""
        ...

    async def load(self, drive: BoolArray, expect: BoolArray, compare: BoolArray) -> None:
        """Vectors to drive and to expect, and where to compare, shape (vectors, lines) each."""
        ...

    async def run(self, repeats: int) -> None:
        """Have run the pattern `repeats` times from now on; returns when it has started."""
        ...

    async def errors(self) -> IntArray:
        """Vectors that differed on each line in the last run, shape (lines,), dimensionless."""
        ...
