"""Role: source meter (source-measure unit)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class IVPoint:
    """One source-measure point: voltage in V and current in A at the device, and whether the
    source was held by its compliance. Current is positive out of the HI terminal."""

    voltage: Reading
    current: Reading
    in_compliance: bool


class SourceMeter(Driver, Protocol):
    """Sources voltage and reads current, or the other way round. Only states are asked for."""

    async def source_voltage(
        self, level: float, *, compliance: float, voltage_range: float | None = None
    ) -> None:
        """Source `level` in V, limited to `compliance` in A; output state unchanged.

        `voltage_range` in V fixes the range (default: autorange). `LimitRefused` beyond the
        instrument's or the bench's limits.
        """
        ...

    async def source_current(
        self, level: float, *, compliance: float, current_range: float | None = None
    ) -> None:
        """Source `level` in A, limited to `compliance` in V; output state unchanged."""
        ...

    async def integrate(self, power_line_cycles: float) -> None:
        """Integration time in power line cycles (0.01..10)."""
        ...

    async def wires(self, count: int) -> None:
        """2 or 4 wires (local or remote sense)."""
        ...

    async def output(self, on: bool) -> None:
        """Output on or off."""
        ...

    async def measure(self) -> IVPoint:
        """One point at the present level; the output must be on."""
        ...

    async def sweep_voltage(
        self, start: float, stop: float, points: int, *, delay: float, compliance: float
    ) -> list[IVPoint]:
        """Linear voltage sweep from `start` to `stop` in V (`stop` may be the lower one).

        `points` levels, `delay` in s between setting a level and measuring, `compliance` in A.
        The output is on during the sweep and off after it.
        """
        ...
