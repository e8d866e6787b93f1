"""Role: humidity generator."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class HumidityGenerator(Driver, Protocol):
    """Makes a gas of known humidity.

    A humidity or flow beyond the generator's range at its temperature, or the bench's limits, is
    `LimitRefused`; an empty saturator is `InstrumentError`.
    """

    async def set_dew_point(self, dew_point: float) -> None:
        """Target dew point in degC, over water above 0 degC and over ice below."""
        ...

    async def set_relative_humidity(self, humidity: float, *, temperature: float) -> None:
        """Target relative humidity in % of the gas at `temperature` in degC, over water."""
        ...

    async def set_flow(self, flow: float) -> None:
        """Flow of humid gas in m**3/s at 0 degC and 101325 Pa."""
        ...

    async def output(self, on: bool) -> None:
        """Humid gas to the object, or dry purge."""
        ...

    async def dew_point(self) -> Reading:
        """Dew point (frost point below 0 degC) of the gas made, in degC."""
        ...

    async def is_steady(self) -> bool:
        """Whether saturator and flow stand in their bands about the targets."""
        ...
