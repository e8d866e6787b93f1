"""Role: thermal chamber."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class ThermalChamber(Driver, Protocol):
    """Holds the air in a chamber at a temperature.

    A temperature or rate beyond the chamber's or the bench's limits is `LimitRefused`; a latched
    alarm, and a setting while a program of the front panel runs, are `InstrumentError`.
    """

    async def set_temperature(self, setpoint: float) -> None:
        """Target in degC; on or off state unchanged."""
        ...

    async def set_rate(self, rate: float | None) -> None:
        """Rate of temperature changes in K/s; None: as fast as the chamber can."""
        ...

    async def temperature(self) -> Reading:
        """Air temperature in degC at the chamber's own sensor."""
        ...

    async def setpoint(self) -> Reading:
        """Set point that it works to at this moment, in degC."""
        ...

    async def control(self, on: bool) -> None:
        """Conditioning, or off with its fan still."""
        ...

    async def is_door_open(self) -> bool:
        """Whether the door is open."""
        ...

    async def alarms(self) -> tuple[str, ...]:
        """Alarms that stand or are latched, in the chamber's words; none is a quantity."""
        ...

    async def acknowledge(self) -> None:
        """No alarm latched; `InstrumentError` where its cause stands."""
        ...
