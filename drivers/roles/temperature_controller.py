"""Role: temperature controller."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class TemperatureController(Driver, Protocol):
    """Holds a body at a set temperature."""

    async def set_temperature(self, setpoint: float) -> None:
        """Target set point in degC; `LimitRefused` beyond the controller's or bench's limits."""
        ...

    async def temperature(self) -> Reading:
        """Process value in degC; `InstrumentError` on sensor break."""
        ...

    async def working_setpoint(self) -> Reading:
        """Set point the controller works to at this moment, in degC (differs while ramping)."""
        ...

    async def output_power(self) -> Reading:
        """Working output in %."""
        ...

    async def control(self, on: bool) -> None:
        """Automatic control on, or off (manual with output 0 %)."""
        ...
