"""Role: thermal camera (radiometric)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.camera import Camera
from labctl.evidence import Reading


@dataclass(frozen=True, eq=False)
class Thermogram:
    """Temperature in degC, shape (rows, columns), by the emissivity and reflected temperature in
    force; nan out of range. `time` in s, run time."""

    temperature: ReadingArray
    time: Reading


class ThermalCamera(Camera, Protocol):
    """A camera that reads surface temperatures. An emissivity or range that it does not have is
    `LimitRefused`; a running flat-field correction in a series is `InstrumentError`."""

    async def set_emissivity(self, emissivity: float) -> None:
        """Emissivity of the surface, a fraction (0..1)."""
        ...

    async def set_reflected(self, temperature: float) -> None:
        """Apparent temperature of what the surface reflects, in degC."""
        ...

    async def set_range(self, low: float, high: float) -> None:
        """The smallest range that holds `low` to `high` in degC."""
        ...

    async def thermogram(self, *, timeout: float) -> Thermogram:
        """The next picture in degC; waits at most `timeout` in s."""
        ...
