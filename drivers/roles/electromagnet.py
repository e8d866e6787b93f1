"""Role: electromagnet with its supply."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class Electromagnet(Driver, Protocol):
    """Makes a field by a current; the field itself is read by a gaussmeter.

    Current or ramp beyond the supply's or the bench's limits is `LimitRefused`; a quench, a missing
    flow of coolant and an open interlock are `InstrumentError`, and the current is ramped to 0.
    """

    async def set_current(self, current: float) -> None:
        """Target in A, signed, approached at the ramp set; returns when it has started."""
        ...

    async def set_ramp(self, rate: float) -> None:
        """Rate of current changes in A/s."""
        ...

    async def current(self) -> Reading:
        """Current in A as the supply reads it."""
        ...

    async def voltage(self) -> Reading:
        """Voltage in V at the supply's terminals."""
        ...

    async def is_settled(self) -> bool:
        """Whether the current stands at its target."""
        ...

    async def faults(self) -> tuple[str, ...]:
        """Faults that stand or are latched, quench and coolant among them; none is a quantity."""
        ...
