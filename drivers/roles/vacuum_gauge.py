"""Role: vacuum gauge (vacuum chamber)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class VacuumReading:
    """Absolute pressure in Pa of one gauge and what the gauge says of it; a gauge that is not `ok`
    has the pressure nan."""

    pressure: Reading
    state: Literal["ok", "under_range", "over_range", "off", "fault"]


class VacuumGauge(Driver, Protocol):
    """Reads the gauges of a vacuum chamber, by number from 1.

    A gauge that is not fitted, and pumping with an open valve to air, are `InstrumentError`;
    `LimitRefused` where the bench forbids a filament above its pressure.
    """

    async def pressure(self, gauge: int) -> VacuumReading:
        """Absolute pressure in Pa with the gauge's state."""
        ...

    async def gauge(self, gauge: int, on: bool) -> None:
        """Gauge emitting or off, read back; `LimitRefused` on above its highest pressure in Pa."""
        ...

    async def set_gas(self, gauge: int, correction: float) -> None:
        """Gas correction factor of the gauge, dimensionless (nitrogen: 1)."""
        ...

    async def pump(self, on: bool) -> None:
        """Chamber pumped, or its pump valve closed."""
        ...

    async def vent(self) -> None:
        """Pump valve closed, chamber filled to ambient pressure."""
        ...
