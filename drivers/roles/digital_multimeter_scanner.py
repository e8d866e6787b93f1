"""Role: digital multimeter with scanner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.voltmeter import Voltmeter
from labctl.evidence import Reading


@dataclass(frozen=True)
class ScanChannel:
    """One channel of a scan: its number on the card and what to read: `voltage` in V,
    `resistance` in ohm (2 wires), `resistance_4w` in ohm (4 wires)."""

    number: int
    function: Literal["voltage", "resistance", "resistance_4w"]


class DigitalMultimeterScanner(Voltmeter, Protocol):
    """A voltmeter that also reads current and resistance, and channels one after another.

    Current through a shunt is read as its voltage; the shunt's resistance and certificate stand in
    the bench. `LimitRefused` for a range beyond the instrument's; an overload and a channel that
    the card does not have are `InstrumentError`.
    """

    async def measure_current(
        self, *, current_range: float | None = None, power_line_cycles: float = 1.0
    ) -> Reading:
        """One reading of direct current in A. `current_range` in A (default: autorange)."""
        ...

    async def measure_resistance(
        self, *, wires: Literal[2, 4], resistance_range: float | None = None
    ) -> Reading:
        """One reading in ohm with 2 or 4 wires. `resistance_range` in ohm (default: autorange)."""
        ...

    async def scan(self, channels: Sequence[ScanChannel]) -> tuple[Reading, ...]:
        """One reading of each channel in V or ohm, in the order asked for; all open afterwards."""
        ...

    async def select(self, channel: int) -> None:
        """The channel alone connected to the meter."""
        ...

    async def open_all(self) -> None:
        """No channel connected to the meter."""
        ...

    async def digitize_voltage(
        self, *, sample_rate: float, samples: int, voltage_range: float
    ) -> ReadingArray:
        """`samples` values in V, shape (samples,), at `sample_rate` in 1/s, range in V."""
        ...
