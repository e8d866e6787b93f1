"""Role: rotating disk electrode (rotator)."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class RotatingDiskElectrode(Driver, Protocol):
    """Turns an electrode at a set rate. Rates beyond the rotator's or the bench's limit are
    `LimitRefused`; a stalled motor is `InstrumentError`."""

    async def set_rotation_rate(self, rate: float) -> None:
        """Target in revolutions per second (unit `1/s`); motor state unchanged."""
        ...

    async def rotation_rate(self) -> Reading:
        """Rate as the tachometer reads it, in revolutions per second (`1/s`)."""
        ...

    async def rotate(self, on: bool) -> None:
        """Turning at the set rate, or standing still."""
        ...

    async def is_steady(self) -> bool:
        """Whether the rate stands within the rotator's band about the target."""
        ...
