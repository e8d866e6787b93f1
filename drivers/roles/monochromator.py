"""Role: monochromator."""

from __future__ import annotations

from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class Monochromator(Driver, Protocol):
    """Passes a narrow band of set wavelength (in air). A wavelength, slit or grating that it does
    not have is `LimitRefused`; a position lost since power-up is `InstrumentError`."""

    async def home(self) -> None:
        """Position of the grating known; returns when it stands."""
        ...

    async def set_wavelength(self, wavelength: float) -> None:
        """Wavelength in air in m; returns when the grating stands."""
        ...

    async def wavelength(self) -> Reading:
        """Wavelength in air in m by the drive's position."""
        ...

    async def set_grating(self, number: int) -> None:
        """Grating by number from 1; wavelength in m unchanged."""
        ...

    async def set_slit(self, slit: Literal["entrance", "exit"], width: float) -> None:
        """Slit width in m."""
        ...

    async def bandwidth(self) -> Reading:
        """Full width at half maximum in m by slits and dispersion."""
        ...

    async def shutter(self, is_open: bool) -> None:
        """Shutter open or closed."""
        ...
