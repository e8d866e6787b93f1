"""Role: temperature logger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading

Sensor = Literal["B", "E", "J", "K", "N", "R", "S", "T", "Pt100", "Pt1000"]
"""Thermocouple types of IEC 60584 and resistance thermometers of IEC 60751."""


class TemperatureLogger(Driver, Protocol):
    """Reads thermocouples and resistance thermometers on numbered channels.

    An open circuit is `InstrumentError` when its channel is read; it is never a value. A channel
    or interval that the logger does not have is `LimitRefused`.
    """

    async def configure(self, channel: int, sensor: Sensor) -> None:
        """`channel` reads a sensor of this type, in degC by its standard."""
        ...

    async def temperature(self, channel: int) -> Reading:
        """One reading of `channel` in degC; its accuracy is the logger's, without the sensor's."""
        ...

    async def temperatures(self, channels: Sequence[int]) -> tuple[Reading, ...]:
        """One reading of each channel in degC, in the order asked for."""
        ...

    async def cold_junction(self) -> Reading:
        """Temperature of the reference junction in degC."""
        ...

    async def is_open(self, channel: int) -> bool:
        """Whether the sensor of `channel` is broken or absent."""
        ...
