"""Role: high-voltage supply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading

Trip = Literal["none", "current", "interlock", "emergency"]
"""What has switched an output off by itself: the current limit, the safety loop, an order."""


@dataclass(frozen=True)
class HighVoltagePoint:
    """Voltage in V and current in A at the output; `limited` where the current limit holds the
    voltage down, so that the voltage is no set point."""

    voltage: Reading
    current: Reading
    limited: bool


class HighVoltageSupply(Driver, Protocol):
    """One output of some kilovolts. Only states are asked for.

    Its safe state is off and discharged: `safe` waits until what stands at the output has been read
    back below a voltage that may be touched. A voltage, current or rate beyond the supply's or the
    bench's limits is `LimitRefused`.
    """

    async def set_current_limit(self, current: float) -> None:
        """Current limit in A, at which the output trips off after a short time."""
        ...

    async def output(self, on: bool) -> None:
        """On at 0 V, or off with a ramp; read back. `InterlockError` on, with the loop open."""
        ...

    async def ramp_to(self, voltage: float, rate: float) -> None:
        """To `voltage` in V with `rate` in V/s; returns when it stands there or has tripped."""
        ...

    async def measure(self) -> HighVoltagePoint:
        """Voltage in V and current in A at this moment; `InterlockError` or `InstrumentError` of an
        output that something has switched off."""
        ...

    async def voltage(self) -> Reading:
        """Voltage in V at the output, also when it is off."""
        ...

    async def trip(self) -> Trip:
        """What has tripped."""
        ...

    async def clear_trip(self) -> None:
        """No trip latched, output off; `InstrumentError` where its cause stands."""
        ...

    async def is_interlock_closed(self) -> bool:
        """Whether the safety loop is closed."""
        ...
