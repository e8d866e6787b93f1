"""Role: electrometer."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class Electrometer(Driver, Protocol):
    """Reads very small currents and charges and very large resistances.

    Values beyond the instrument's or the bench's limits are `LimitRefused`. An overload, and a
    reading asked for while zero check is on, are `InstrumentError`.
    """

    async def zero_check(self, on: bool) -> None:
        """Input shunted (on) or measuring (off)."""
        ...

    async def measure_current(self, *, current_range: float | None = None) -> Reading:
        """One reading in A. `current_range` in A (default: autorange)."""
        ...

    async def measure_charge(self, *, charge_range: float | None = None) -> Reading:
        """Charge since the last zero check, in C. `charge_range` in C (default: autorange)."""
        ...

    async def measure_resistance(self, *, test_voltage: float) -> Reading:
        """Resistance in ohm at `test_voltage` in V; the source is at 0 V and off afterwards."""
        ...

    async def source_voltage(self, level: float) -> None:
        """Level of the built-in source in V; output state unchanged."""
        ...

    async def output(self, on: bool) -> None:
        """Built-in source on or off."""
        ...

    async def integrate(self, power_line_cycles: float) -> None:
        """Integration time in power line cycles (0.01..10)."""
        ...
