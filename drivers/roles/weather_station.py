"""Role: weather station."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class Wind:
    """Mean over the station's averaging window: speed and gust (largest 3 s mean) in m/s, direction
    it comes from in deg from true north."""

    speed: Reading
    gust: Reading
    direction: Reading


@dataclass(frozen=True)
class Air:
    """Air temperature in degC, relative humidity in %, station pressure in Pa."""

    temperature: Reading
    humidity: Reading
    pressure: Reading


class WeatherStation(Driver, Protocol):
    """Reads the weather at a place. A sensor that is missing, iced or marked invalid is
    `InstrumentError`; a window that the station cannot do is `LimitRefused`."""

    async def wind(self) -> Wind:
        """Wind speed in m/s and direction in deg over the last whole window."""
        ...

    async def air(self) -> Air:
        """Air temperature in degC, humidity in % and pressure in Pa."""
        ...

    async def irradiance(self) -> Reading:
        """Global irradiance on the horizontal plane in W/m**2."""
        ...

    async def rain(self) -> Reading:
        """Rain since the station's own zero, in m."""
        ...

    async def evaporation(self) -> Reading:
        """Evaporation from its pan since the station's own zero, in m."""
        ...

    async def set_window(self, seconds: float) -> None:
        """Averaging window in s."""
        ...

    async def heater(self, on: bool) -> None:
        """Heating of the wind sensor on or off."""
        ...

    async def clock_offset(self) -> Reading:
        """The station's clock less this computer's, in s."""
        ...
