"""Role: pH meter."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class PhMeter(Driver, Protocol):
    """Reads pH with a calibrated electrode. A broken electrode and a slope outside its band are
    `InstrumentError`; a buffer or temperature beyond its range is `LimitRefused`."""

    async def ph(self) -> Reading:
        """pH, dimensionless, at the temperature in force."""
        ...

    async def potential(self) -> Reading:
        """Potential of the electrode in V."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the liquid in degC."""
        ...

    async def set_temperature(self, temperature: float) -> None:
        """Temperature of the liquid in degC for a meter without sensor."""
        ...

    async def calibrate(self, ph: float) -> Reading:
        """The liquid counts as the buffer of this pH, dimensionless; slope in V."""
        ...
