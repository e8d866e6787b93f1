"""Role: data logger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class LoggedChannel:
    """What a logger has taken on one channel: `time` in s of the logger's own clock, Unix time,
    and `values` in the unit of the channel, both of shape (n,); `lost` values were overrun."""

    channel: str
    time: FloatArray
    values: ReadingArray
    lost: int


class DataLogger(Driver, Protocol):
    """Reads named channels in the units of their set-up and logs them by itself.

    A channel that is not there, stale or without unit is `InstrumentError`; a rate beyond the
    logger's, or an output beyond the bench's limits, is `LimitRefused`.
    """

    async def channels(self) -> Mapping[str, str]:
        """Name of each channel and its unit."""
        ...

    async def read(self, channel: str) -> Reading:
        """The newest value of `channel`, in the channel's unit."""
        ...

    async def start(self, channels: Sequence[str], *, sample_rate: float) -> None:
        """Logging these channels and no others, at `sample_rate` in 1/s."""
        ...

    async def stop(self) -> None:
        """Not logging; what was taken stays."""
        ...

    async def logged(self, channel: str, *, since: float) -> LoggedChannel:
        """What was taken on `channel` after `since`, in s of the logger's clock (Unix time)."""
        ...

    async def clock_offset(self) -> Reading:
        """The logger's clock less this computer's, in s."""
        ...

    async def set_output(self, channel: str, value: float) -> None:
        """An output at `value`, in the channel's unit, read back."""
        ...

    async def outputs(self) -> tuple[str, ...]:
        """Names of the channels that can be set, each in its own unit."""
        ...
