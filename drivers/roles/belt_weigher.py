"""Role: belt weigher."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class BeltWeigher(Driver, Protocol):
    """Weighs what a conveyor belt carries past.

    A belt scale in fault, or out of its range, is `InstrumentError`; it takes no set values, so
    nothing is refused.
    """

    async def mass_flow(self) -> Reading:
        """Mass flow in kg/s."""
        ...

    async def total(self) -> Reading:
        """Mass carried since the scale's own zero, in kg; wraps of its counter are added up."""
        ...

    async def belt_speed(self) -> Reading:
        """Speed of the belt in m/s."""
        ...

    async def belt_load(self) -> Reading:
        """Load on the belt in kg/m."""
        ...

    async def zero(self) -> Reading:
        """Zero over whole turns of the empty running belt; the correction in kg/m."""
        ...
