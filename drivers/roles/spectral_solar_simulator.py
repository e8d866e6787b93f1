"""Role: spectrally adjustable solar simulator."""

from __future__ import annotations

from typing import Protocol

from drivers.roles.solar_simulator import SolarSimulator
from labctl.evidence import Reading


class SpectralSolarSimulator(SolarSimulator, Protocol):
    """A solar simulator of a blue-rich and a red-rich source, for multijunction devices.

    One reference cell per subcell judges its light (IEC 60904-1-1). `set_irradiance` keeps the
    ratio of the sources, and is an `InstrumentError` where they are set to nothing; `monitor`
    tells both together.
    """

    async def set_sources(self, blue: float, red: float) -> None:
        """Irradiance in W/m2 of the blue-rich and of the red-rich source, set at once.

        `LimitRefused` outside a source's range.
        """
        ...

    async def monitors(self) -> tuple[Reading, Reading]:
        """Irradiance in W/m2 by the monitor diodes of the blue-rich and the red-rich source."""
        ...
