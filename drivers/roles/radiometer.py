"""Role: radiometer (reference cell, pyranometer, ultraviolet meter)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class Radiometer(Driver, Protocol):
    """Reads irradiance on its plane with a detector of known responsivity.

    Overload, and a detector without a valid certificate, are `InstrumentError`; an averaging time
    that it cannot do is `LimitRefused`.
    """

    async def irradiance(self) -> Reading:
        """Irradiance in W/m**2, in the spectral band of its certificate."""
        ...

    async def exposure(self) -> Reading:
        """Radiant exposure in J/m**2 since `clear_exposure`."""
        ...

    async def clear_exposure(self) -> None:
        """Radiant exposure 0 J/m**2."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the detector in degC."""
        ...

    async def set_averaging(self, seconds: float) -> None:
        """Averaging time in s: the shortest setting that is not below `seconds`."""
        ...

    async def certificate(self) -> str:
        """Number of the certificate that the responsivity in V*m**2/W or A*m**2/W is taken from."""
        ...
