"""Role: power analyzer (wattmeter)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class PowerReading:
    """Of one element or the sum of the wiring: rms voltage in V and current in A, active power in W
    (positive from source to load), apparent power in V*A, reactive power in var (inductive
    positive), frequency in Hz (None for direct current), all of one update interval."""

    voltage: Reading
    current: Reading
    power: Reading
    apparent_power: Reading
    reactive_power: Reading
    frequency: Reading | None


@dataclass(frozen=True)
class EnergyReading:
    """What an integration has summed up: energy in J and charge in C since its start, and the time
    integrated in s."""

    energy: Reading
    charge: Reading
    duration: Reading


class PowerAnalyzer(Driver, Protocol):
    """Reads power on numbered elements from 1; element 0 is the sum by the wiring.

    An over-range or missing value is `InstrumentError`, never a number; a range beyond the
    instrument's is `LimitRefused`.
    """

    async def wiring(self, system: Literal["1P2W", "1P3W", "3P3W", "3P4W", "DC"]) -> None:
        """How the elements are wired; says what the sum is."""
        ...

    async def set_range(self, element: int, *, voltage: float, current: float) -> None:
        """The smallest ranges that hold `voltage` in V and `current` in A, both rms."""
        ...

    async def set_update_interval(self, seconds: float) -> None:
        """Interval in s over which a value is the mean: the shortest not below `seconds`."""
        ...

    async def measure(self, element: int) -> PowerReading:
        """Values in V, A, W, V*A, var and Hz of the first whole interval from now on."""
        ...

    async def harmonics(self, element: int, *, orders: int) -> tuple[Reading, ...]:
        """Rms voltage of orders 1 to `orders` in V."""
        ...

    async def current_harmonics(self, element: int, *, orders: int) -> tuple[Reading, ...]:
        """Rms current of orders 1 to `orders` in A."""
        ...

    async def integrate(self, on: bool) -> None:
        """Integrating, or standing with its sums kept."""
        ...

    async def clear_integration(self) -> None:
        """Sums 0 J and 0 C; `InstrumentError` while integrating."""
        ...

    async def integrated(self, element: int) -> EnergyReading:
        """Energy in J and charge in C summed up so far; integration goes on."""
        ...
