"""Role: video pattern generator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from drivers.roles.digital_tester import DigitalTester
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import IntArray


class VideoPatternGenerator(DigitalTester, Protocol):
    """Plays pictures into a device. A format that it cannot play is `LimitRefused`; an interface
    that is not locked is `InstrumentError`."""

    async def set_format(self, *, columns: int, rows: int, frame_rate: float) -> None:
        """Picture size in pixels and pictures a second in 1/s."""
        ...

    async def load(self, frames: IntArray) -> None:
        """Pictures to play over and over, shape (frames, rows, columns, colours), dimensionless."""
        ...

    async def play(self, frames: int | None) -> None:
        """Have played `frames` pictures from now on; None: without end."""
        ...

    async def played(self) -> Reading:
        """Pictures played since the last `play`, unit `frame`."""
        ...

    async def streams(self, count: int) -> None:
        """How many outputs play at the same time, a plain number."""
        ...
