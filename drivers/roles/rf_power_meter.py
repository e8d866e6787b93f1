"""Role: RF power meter."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class RfPowerMeter(Driver, Protocol):
    """Reads radio-frequency power with a calibrated sensor.

    A frequency beyond the sensor's and a limit of the bench are `LimitRefused`; overload and a
    sensor that was not zeroed are `InstrumentError`.
    """

    async def set_frequency(self, frequency: float) -> None:
        """Frequency in Hz that the calibration factor is taken at."""
        ...

    async def set_averages(self, count: int) -> None:
        """Readings of the sensor that make one value."""
        ...

    async def set_offset(self, loss: float) -> None:
        """Loss in front of the sensor in dB that readings are corrected for."""
        ...

    async def zero(self) -> None:
        """Zero without power; `InstrumentError` where there is power."""
        ...

    async def power(self) -> Reading:
        """Mean power in W at the sensor, corrected for the loss set."""
        ...
