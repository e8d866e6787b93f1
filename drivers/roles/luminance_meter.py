"""Role: luminance meter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class LuminanceReading:
    """Luminance in cd/m**2 over the measuring field, chromaticity `x` and `y` (CIE 1931, 2 degree
    observer), dimensionless."""

    luminance: Reading
    x: Reading
    y: Reading


class LuminanceMeter(Driver, Protocol):
    """Reads luminance in a measuring field. Overload and too little light are `InstrumentError`; a
    field or time that it does not have is `LimitRefused`."""

    async def set_field(self, angle: float) -> None:
        """Measuring angle (full) in rad."""
        ...

    async def set_exposure(self, seconds: float | None) -> None:
        """Exposure time in s; None: automatic."""
        ...

    async def measure(self) -> LuminanceReading:
        """Luminance in cd/m**2 and chromaticity."""
        ...

    async def focus(self, distance: float) -> None:
        """Focus at `distance` in m from its reference plane."""
        ...
