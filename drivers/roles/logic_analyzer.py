"""Role: logic analyzer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.digital_tester import DigitalTester

if TYPE_CHECKING:
    from drivers.roles.arrays import BoolArray


@dataclass(frozen=True, eq=False)
class LogicCapture:
    """Changes of the captured channels: `time` in s from the trigger, shape (n,); `states` after
    each change, shape (n, channels), bool; `channels` by number."""

    time: ReadingArray
    states: BoolArray
    channels: tuple[int, ...]


class LogicAnalyzer(DigitalTester, Protocol):
    """Records digital lines. Rates, thresholds or channels that it does not have, alone or
    together, are `LimitRefused`; no trigger in time is `InstrumentError`."""

    async def configure(
        self, channels: Sequence[int], *, threshold: float, sample_rate: float
    ) -> None:
        """Capture these channels with `threshold` in V at `sample_rate` in 1/s."""
        ...

    async def set_trigger(self, pattern: Mapping[int, Literal["0", "1", "rise", "fall"]]) -> None:
        """State or edge of each channel that starts a capture; empty: at once."""
        ...

    async def capture(self, duration: float, *, timeout: float) -> LogicCapture:
        """Changes over `duration` in s from the trigger, which may take `timeout` in s."""
        ...

    async def decode(self, protocol: str, lines: Mapping[str, int]) -> tuple[int, ...]:
        """Words of the last capture by a protocol (`spi`, `i2c`, `uart`), its lines by channel; the
        words carry no unit."""
        ...
