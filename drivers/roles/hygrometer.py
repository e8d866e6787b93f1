"""Role: hygrometer (dew point meter, humidity sensor)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class Hygrometer(Driver, Protocol):
    """Reads the humidity of a gas by a chilled mirror, a capacitive or an oxide sensor.

    A wet, contaminated or heating sensor is `InstrumentError`; a pressure beyond the instrument's
    range is `LimitRefused`.
    """

    async def dew_point(self) -> Reading:
        """Dew point (frost point below 0 degC) in degC at the pressure of the sensor."""
        ...

    async def relative_humidity(self) -> Reading:
        """Relative humidity in % over water at `temperature`."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the gas in degC."""
        ...

    async def set_pressure(self, pressure: float) -> None:
        """Absolute pressure of the gas in Pa that mole fractions are computed with."""
        ...

    async def water_fraction(self) -> Reading:
        """Mole fraction of water in mol/mol at the pressure set."""
        ...

    async def is_ready(self) -> bool:
        """Whether the sensor is dry, clean and settled."""
        ...
