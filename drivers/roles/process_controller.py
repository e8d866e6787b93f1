"""Role: process controller."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class ProcessController(Driver, Protocol):
    """Holds any process value by one output with proportional, integral and derivative action.

    The process value is in `unit()`. A set point or output beyond the controller's or the bench's
    limits is `LimitRefused`; a sensor fault is `InstrumentError`.
    """

    async def unit(self) -> str:
        """Unit of the process value and the set point, as the bench states it."""
        ...

    async def set_setpoint(self, setpoint: float) -> None:
        """Target in `unit()`."""
        ...

    async def setpoint(self) -> Reading:
        """Set point in force, in `unit()`."""
        ...

    async def process_value(self) -> Reading:
        """Process value in `unit()`."""
        ...

    async def output(self) -> Reading:
        """Controller output in % of its span."""
        ...

    async def set_output(self, output: float) -> None:
        """Output in % while control is off."""
        ...

    async def control(self, on: bool) -> None:
        """Automatic, or manual with the output in % where it stands."""
        ...

    async def set_terms(self, gain: float, integral: float, derivative: float) -> None:
        """Gain in % of output per `unit()`; integral time (0: none) and derivative time in s."""
        ...
