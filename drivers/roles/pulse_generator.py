"""Role: pulse generator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class Pulse:
    """A pulse: `low` and `high` level in V across the load that is set, `width` in s between half
    levels, `delay` in s after the trigger, `rise` and `fall` in s from 10 % to 90 %."""

    low: float
    high: float
    width: float
    delay: float
    rise: float
    fall: float


class PulseGenerator(Driver, Protocol):
    """Makes counted pulses on numbered outputs from 1.

    A pulse or period beyond the generator's or the bench's limits is `LimitRefused`; triggers that
    came while it was busy are counted and make `pulses` an `InstrumentError`.
    """

    async def set_load(self, output: int, resistance: float) -> None:
        """Load resistance in ohm that levels are meant for (inf: open)."""
        ...

    async def set_pulse(self, output: int, pulse: Pulse) -> None:
        """Shape of the pulse in V and s; output state unchanged."""
        ...

    async def set_period(self, seconds: float) -> None:
        """Period in s between the pulses of a burst."""
        ...

    async def set_trigger(self, source: Literal["internal", "external", "software"]) -> None:
        """What starts a burst."""
        ...

    async def output(self, output: int, on: bool) -> None:
        """Output on or off, read back."""
        ...

    async def start(self, pulses: int) -> None:
        """Have given `pulses` pulses from now on; returns when it has started."""
        ...

    async def is_running(self) -> bool:
        """Whether a burst runs."""
        ...

    async def pulses(self) -> Reading:
        """Pulses given since the last `start`, unit `cyc`; it outlives a lost line."""
        ...

    async def stop(self) -> None:
        """No more pulses; outputs stay as they are."""
        ...
