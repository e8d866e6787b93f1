"""Role: frame grabber."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.digital_tester import DigitalTester
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import IntArray


@dataclass(frozen=True, eq=False)
class Frames:
    """Captured pictures: `pixels`, shape (n, rows, columns, colours), dimensionless; `time` in s of
    each, shape (n,), on the grabber's clock; `index` of each in the stream, shape (n,): a gap is a
    lost picture."""

    pixels: IntArray
    time: ReadingArray
    index: IntArray


class FrameGrabber(DigitalTester, Protocol):
    """Captures pictures from a device. A stream that is not there or not locked is
    `InstrumentError`; more pictures than it can hold are `LimitRefused`."""

    async def grab(self, stream: int, frames: int, *, timeout: float) -> Frames:
        """The next `frames` pictures of the stream, within `timeout` in s."""
        ...

    async def count(self, stream: int, *, duration: float) -> Reading:
        """Pictures that arrived within `duration` in s, unit `frame`, pixels not kept."""
        ...

    async def frame_rate(self, stream: int) -> Reading:
        """Pictures a second over the last whole second, in 1/s."""
        ...

    async def streams(self) -> tuple[int, ...]:
        """Streams that are locked, by number."""
        ...
