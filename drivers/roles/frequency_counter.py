"""Role: frequency counter."""

from __future__ import annotations

from typing import Literal, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading


class FrequencyCounter(Driver, Protocol):
    """Counts against a time base. No signal in time is `InstrumentError`, never 0; a gate or
    threshold that it does not have is `LimitRefused`."""

    async def set_threshold(self, voltage: float) -> None:
        """Trigger threshold of the input in V."""
        ...

    async def set_input(
        self, *, impedance: Literal["50", "1M"], coupling: Literal["dc", "ac"]
    ) -> None:
        """Input of 50 ohm or 1 Mohm, direct or alternating coupling."""
        ...

    async def set_reference(self, source: Literal["internal", "external"]) -> None:
        """Time base; `InstrumentError` where an external one is not there."""
        ...

    async def frequency(self, *, gate: float, timeout: float) -> Reading:
        """Frequency in Hz, mean over `gate` in s; waits at most `timeout` in s."""
        ...

    async def frequencies(self, count: int, *, gate: float) -> ReadingArray:
        """`count` gates of `gate` in s without a gap between, in Hz, shape (count,)."""
        ...

    async def time_interval(self, *, timeout: float) -> Reading:
        """From the next edge on input 1 to the next on input 2, in s; at most `timeout` in s."""
        ...

    async def count(self) -> Reading:
        """Edges since `clear_count`, dimensionless; wraps of the counter are added up."""
        ...

    async def clear_count(self) -> None:
        """Edges 0."""
        ...
