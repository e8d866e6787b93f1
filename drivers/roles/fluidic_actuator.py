"""Role: fluidic actuator, what pumps and valves have in common."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class FluidicActuator(Driver, Protocol):
    """Moves a liquid or switches its way, and takes time to do so.

    A position that is not known since power-up, a stall and an alarm are `InstrumentError`; a
    command beyond the actuator's or the bench's limits is `LimitRefused`.
    """

    async def home(self) -> None:
        """Position known; returns when it stands at home."""
        ...

    async def is_moving(self) -> bool:
        """Whether it moves at this moment."""
        ...

    async def stop(self) -> None:
        """Standing still, flow stopped where it pumps."""
        ...

    async def actuations(self) -> Reading:
        """Movements made in its life, dimensionless: what its seals wear by."""
        ...
