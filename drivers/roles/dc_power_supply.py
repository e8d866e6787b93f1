"""Role: direct-current power supply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class SupplyReading:
    """Voltage in V and current in A at the output, and what holds the output."""

    voltage: Reading
    current: Reading
    mode: Literal["constant_voltage", "constant_current", "off"]


class DcPowerSupply(Driver, Protocol):
    """One output. Only states are asked for.

    A voltage, current or protection level beyond the supply's or the bench's limits is
    `LimitRefused`; an output that a protection has tripped is `InstrumentError` until it is
    cleared.
    """

    async def set_voltage(self, voltage: float) -> None:
        """Target in V; output state unchanged."""
        ...

    async def set_current_limit(self, current: float) -> None:
        """Current limit in A; output state unchanged."""
        ...

    async def set_slew_rate(self, rate: float) -> None:
        """Rate of voltage changes in V/s."""
        ...

    async def set_protection(self, *, voltage: float, current: float) -> None:
        """Over-voltage in V and over-current in A at which the output trips off."""
        ...

    async def output(self, on: bool) -> None:
        """Output on or off, read back."""
        ...

    async def measure(self) -> SupplyReading:
        """Voltage in V and current in A at this moment."""
        ...

    async def trip(self) -> Literal["none", "over_voltage", "over_current", "over_temperature"]:
        """Protection that has tripped."""
        ...

    async def clear_trip(self) -> None:
        """No trip latched, output off; `InstrumentError` where its cause stands."""
        ...
