"""Role: laser source."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class LaserSource(Driver, Protocol):
    """A laser of fixed wavelength. Only states are asked for.

    Power, current or pulses beyond the laser's or the bench's limits are `LimitRefused`; emission
    with an open interlock and a latched fault are `InstrumentError`.
    """

    async def emission(self, on: bool) -> None:
        """Emitting or not, read back; returns after the start-up delay of the laser's class."""
        ...

    async def set_power(self, power: float) -> None:
        """Target optical power in W; emission unchanged."""
        ...

    async def set_current(self, current: float) -> None:
        """Pump or diode current in A; emission unchanged."""
        ...

    async def set_pulses(self, *, frequency: float, width: float) -> None:
        """Pulses of `width` in s at `frequency` in Hz; `frequency` 0: continuous wave."""
        ...

    async def power(self) -> Reading:
        """Optical power in W by the laser's own monitor: a check of the laser, no reference."""
        ...

    async def current(self) -> Reading:
        """Pump or diode current in A."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the laser head in degC."""
        ...

    async def is_interlock_closed(self) -> bool:
        """Whether the interlock permits emission."""
        ...

    async def faults(self) -> tuple[str, ...]:
        """Faults that stand or are latched, in the laser's words; none is a quantity."""
        ...
