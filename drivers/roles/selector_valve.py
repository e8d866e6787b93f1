"""Role: selector valve (sampling valve, fast switching valve)."""

from __future__ import annotations

from typing import Protocol

from drivers.roles.fluidic_actuator import FluidicActuator
from labctl.evidence import Reading


class SelectorValve(FluidicActuator, Protocol):
    """Connects its common port, or its loop, by numbered positions from 1."""

    async def positions(self) -> int:
        """How many positions there are, a plain number."""
        ...

    async def set_position(self, position: int) -> None:
        """Target position; returns when the valve stands there. `LimitRefused` for none of its."""
        ...

    async def position(self) -> int:
        """Position by its own sensor; `InstrumentError` between two or before `home`."""
        ...

    async def switched_at(self) -> Reading:
        """Run time in s at which the last movement ended, by the valve's sensor."""
        ...

    async def actuation_time(self) -> Reading:
        """Time in s that the last movement took, by the valve's sensor."""
        ...
