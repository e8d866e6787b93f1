"""Role: oscilloscope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray


@dataclass(frozen=True, eq=False)
class Waveform:
    """Arrays of shape (n,): `time` in s from the trigger, `voltage` in V at the probe's tip;
    whether any point was `clipped` at the end of the converter's range."""

    time: ReadingArray
    voltage: ReadingArray
    clipped: bool


class Oscilloscope(Driver, Protocol):
    """Records voltages against time on numbered channels from 1.

    A setting beyond the instrument's, or a voltage beyond the input's, is `LimitRefused`; no
    trigger in time is `InstrumentError`.
    """

    async def set_channel(
        self,
        channel: int,
        *,
        span: float,
        offset: float,
        coupling: Literal["dc", "ac"],
        impedance: Literal["50", "1M"],
        probe: float,
    ) -> None:
        """Channel on, full screen `span` and centre `offset` in V at the probe's tip, input 50 ohm
        or 1 Mohm, `probe` ratio (10 for 10:1, a high-voltage probe's by its certificate)."""
        ...

    async def channel(self, channel: int, on: bool) -> None:
        """Channel on or off."""
        ...

    async def set_timebase(self, duration: float, *, delay: float) -> None:
        """Record of `duration` in s whose middle lies `delay` in s after the trigger."""
        ...

    async def set_sample_rate(self, rate: float) -> None:
        """Samples a second in 1/s: the lowest setting that is not below `rate`."""
        ...

    async def set_bandwidth(self, frequency: float) -> None:
        """Bandwidth limit in Hz: the lowest setting that is not below `frequency`."""
        ...

    async def set_trigger(
        self, source: int, *, level: float, slope: Literal["rising", "falling"]
    ) -> None:
        """Edge trigger on channel `source` (0: external) at `level` in V."""
        ...

    async def arm(self) -> None:
        """Waiting for one trigger; what was recorded before is gone."""
        ...

    async def wait(self, *, timeout: float) -> None:
        """Returns when the record is complete; `InstrumentError` after `timeout` in s."""
        ...

    async def waveform(self, channel: int) -> Waveform:
        """What was recorded on `channel`, in s and V."""
        ...
