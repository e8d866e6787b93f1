"""Role: impact tester."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class ImpactTester(Driver, Protocol):
    """Strikes a specimen with a set energy in its conditioning bath or chamber.

    An energy or temperature beyond the machine's or the bench's limits is `LimitRefused`; a strike
    with an open guard is `InstrumentError`.
    """

    async def set_velocity(self, velocity: float) -> None:
        """Velocity of the striker at impact in m/s."""
        ...

    async def set_temperature(self, setpoint: float) -> None:
        """Target temperature of the specimens in degC."""
        ...

    async def temperature(self) -> Reading:
        """Temperature of the specimens' bath in degC."""
        ...

    async def strike(self) -> Reading:
        """One strike; energy absorbed in J, friction taken off."""
        ...

    async def velocity(self) -> Reading:
        """Velocity of the last strike in m/s."""
        ...
