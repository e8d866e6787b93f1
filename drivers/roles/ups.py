"""Role: uninterruptible power supply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class UpsBattery:
    """Battery: charge in % of full, runtime left in s, voltage in V, temperature in degC."""

    charge: Reading
    runtime: Reading
    voltage: Reading
    temperature: Reading


@dataclass(frozen=True)
class UpsLine:
    """Input or output line: rms voltage in V, frequency in Hz (None where the unit does not tell);
    output current in A, power in W and load in % of rating, None on the input."""

    voltage: Reading
    frequency: Reading | None
    current: Reading | None
    power: Reading | None
    load: Reading | None


class UninterruptiblePowerSupply(Driver, Protocol):
    """Carries a load over a grid failure.

    A register that is not available is `InstrumentError`; transfer limits and delays beyond the
    unit's or the bench's limits are `LimitRefused`.
    """

    async def state(self) -> Literal["online", "on_battery", "bypass", "off", "fault"]:
        """What feeds the load, read as one register."""
        ...

    async def battery(self) -> UpsBattery:
        """Charge in %, runtime in s, voltage in V, temperature in degC."""
        ...

    async def input(self) -> UpsLine:
        """Grid voltage in V and frequency in Hz, None where the unit does not tell it."""
        ...

    async def output(self) -> UpsLine:
        """Voltage in V, frequency in Hz, current in A, power in W and load in %."""
        ...

    async def energy(self) -> Reading:
        """Energy given to the load since the unit's own zero, in J."""
        ...

    async def test_battery(self) -> None:
        """A battery test running; asking again changes nothing."""
        ...

    async def battery_test(self) -> Literal["none", "running", "passed", "failed", "refused"]:
        """State or result of the last battery test."""
        ...

    async def set_transfer_limits(self, low: float, high: float) -> None:
        """Input voltages in V rms below and above which the battery takes over."""
        ...

    async def shut_down(self, *, delay: float) -> None:
        """Output off `delay` in s from now; a second call replaces the first."""
        ...
