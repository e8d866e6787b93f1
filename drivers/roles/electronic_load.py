"""Role: electronic load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class LoadReading:
    """Voltage in V and current in A at the input; `regulated` is false where the source cannot give
    what the load asks for."""

    voltage: Reading
    current: Reading
    regulated: bool


class ElectronicLoad(Driver, Protocol):
    """Draws a set current, power or conductance from a source, or holds its voltage.

    A level beyond the load's or the bench's limits is `LimitRefused`; a tripped protection is
    `InstrumentError` until it is cleared.
    """

    async def sink_current(self, current: float) -> None:
        """Constant current in A; input state unchanged."""
        ...

    async def hold_voltage(self, voltage: float) -> None:
        """Constant voltage in V; input state unchanged."""
        ...

    async def sink_power(self, power: float) -> None:
        """Constant power in W; input state unchanged."""
        ...

    async def set_resistance(self, resistance: float) -> None:
        """Constant resistance in ohm; input state unchanged."""
        ...

    async def set_slew_rate(self, rate: float) -> None:
        """Rate of current changes in A/s."""
        ...

    async def transient(self, low: float, high: float, *, frequency: float, duty: float) -> None:
        """Constant current switching between `low` and `high` in A at `frequency` in Hz, `high` for
        the fraction `duty` of a period."""
        ...

    async def set_protection(self, *, voltage: float, current: float, power: float) -> None:
        """Voltage in V, current in A and power in W at which the input trips off."""
        ...

    async def input(self, on: bool) -> None:
        """Input on or off, read back."""
        ...

    async def measure(self) -> LoadReading:
        """Voltage in V and current in A at this moment."""
        ...

    async def clear_trip(self) -> None:
        """No trip latched, input off; `InstrumentError` where its cause stands."""
        ...
