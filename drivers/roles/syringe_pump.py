"""Role: syringe pump."""

from __future__ import annotations

from typing import Protocol

from drivers.roles.fluidic_actuator import FluidicActuator
from labctl.evidence import Reading


class SyringePump(FluidicActuator, Protocol):
    """Dispenses set volumes from a syringe.

    A volume or rate beyond the syringe that is set, or the bench's limits, is `LimitRefused`.
    """

    async def set_diameter(self, diameter: float) -> None:
        """Inner diameter of the syringe in m; every volume follows from it."""
        ...

    async def set_rate(self, rate: float) -> None:
        """Flow of liquid in m**3/s, at the temperature in the syringe."""
        ...

    async def dispense_to(self, volume: float) -> None:
        """Move until `volume` in m**3 is dispensed since `set_zero`; less than that is drawn back.

        Returns when it has started.
        """
        ...

    async def dispensed(self) -> Reading:
        """Volume in m**3 dispensed since `set_zero`, what was drawn back taken off."""
        ...

    async def set_zero(self) -> None:
        """The present plunger position counts as 0 m**3."""
        ...
