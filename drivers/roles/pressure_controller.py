"""Role: pressure controller."""

from __future__ import annotations

from typing import Protocol

from drivers.roles.pressure_transducer import PressureTransducer


class PressureController(PressureTransducer, Protocol):
    """A pressure transducer that also holds a pressure.

    A set point or rate beyond the controller's or the bench's limits is `LimitRefused`; a supply
    pressure too low to reach it is `InstrumentError` from `is_settled`.
    """

    async def set_pressure(self, setpoint: float, *, rate: float) -> None:
        """Target in Pa, approached at `rate` in Pa/s; control state unchanged."""
        ...

    async def control(self, on: bool) -> None:
        """Holding the set point, or valves closed."""
        ...

    async def vent(self) -> None:
        """Open to ambient pressure; control off."""
        ...

    async def is_settled(self) -> bool:
        """Whether the pressure has stood within the controller's band about the target."""
        ...
