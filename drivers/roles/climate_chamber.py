"""Role: climate chamber."""

from __future__ import annotations

from typing import Protocol

from drivers.roles.thermal_chamber import ThermalChamber
from labctl.evidence import Reading


class ClimateChamber(ThermalChamber, Protocol):
    """A thermal chamber that also holds humidity.

    A humidity that it cannot make at its set temperature is `LimitRefused`; an empty water tank is
    `InstrumentError`.
    """

    async def set_humidity(self, humidity: float) -> None:
        """Target relative humidity in %, over water; humidity control unchanged."""
        ...

    async def humidity_control(self, on: bool) -> None:
        """Humidity held, or left to itself."""
        ...

    async def humidity(self) -> Reading:
        """Relative humidity in % at the chamber's own sensor."""
        ...
