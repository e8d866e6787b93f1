"""Role: moisture analyzer."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class MoistureAnalyzer(Driver, Protocol):
    """Dries a sample on a balance and reads the mass lost.

    A temperature beyond the heater's or the bench's limit is `LimitRefused`; a result asked for
    before the end, an open lid and an overload are `InstrumentError`.
    """

    async def set_program(self, temperature: float, *, mass_loss_rate: float) -> None:
        """Dry at `temperature` in degC until the loss falls below `mass_loss_rate` in kg/s."""
        ...

    async def start(self) -> None:
        """Drying the sample that lies on the pan; asking again changes nothing."""
        ...

    async def stop(self) -> None:
        """Heater off."""
        ...

    async def is_running(self) -> bool:
        """Whether it is drying."""
        ...

    async def initial_mass(self) -> Reading:
        """Mass before drying in kg."""
        ...

    async def dry_mass(self) -> Reading:
        """Mass after drying in kg; `InstrumentError` before the end."""
        ...
