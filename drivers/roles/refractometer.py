"""Role: refractometer."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class Refractometer(Driver, Protocol):
    """Reads refractive index at a set temperature. A prism that is not wetted, and a temperature
    that does not stand, are `InstrumentError`; a temperature beyond its range is `LimitRefused`."""

    async def set_temperature(self, setpoint: float) -> None:
        """Target of the prism in degC."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the prism in degC."""
        ...

    async def wavelength(self) -> Reading:
        """Wavelength in air in m that the index is read at."""
        ...

    async def refractive_index(self) -> Reading:
        """Refractive index against air, dimensionless."""
        ...
