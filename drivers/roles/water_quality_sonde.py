"""Role: water quality sonde."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class WaterQualitySonde(Driver, Protocol):
    """Reads a body of water. A sensor that is not fitted, not calibrated or dry is
    `InstrumentError`; a calibration value beyond a sensor's range is `LimitRefused`."""

    async def temperature(self) -> Reading:
        """Water temperature in degC."""
        ...

    async def ph(self) -> Reading:
        """pH, dimensionless, at the temperature of the water."""
        ...

    async def conductivity(self) -> Reading:
        """Electrical conductivity in S/m, referred to 25 degC."""
        ...

    async def dissolved_oxygen(self) -> Reading:
        """Dissolved oxygen in kg/m**3."""
        ...

    async def turbidity(self) -> Reading:
        """Turbidity in nephelometric units (ISO 7027-1), dimensionless."""
        ...

    async def depth(self) -> Reading:
        """Depth below the surface in m."""
        ...

    async def wiper(self, on: bool) -> None:
        """Wiper cleaning before each reading, or parked."""
        ...
