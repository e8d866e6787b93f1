"""Role: direct-voltage meter (digital multimeter)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class Voltmeter(Driver, Protocol):
    """Reads direct voltage."""

    async def measure_voltage(
        self, *, voltage_range: float | None = None, power_line_cycles: float = 1.0
    ) -> Reading:
        """One reading in V. `voltage_range` in V (default: autorange)."""
        ...
