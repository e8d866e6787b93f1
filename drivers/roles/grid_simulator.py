"""Role: grid simulator (regenerative AC source)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class GridReading:
    """Of one phase: rms voltage in V, rms current in A, active power in W and reactive power in var
    from the simulator to the device (negative: fed back), frequency in Hz."""

    voltage: Reading
    current: Reading
    power: Reading
    reactive_power: Reading
    frequency: Reading


@dataclass(frozen=True)
class GridEvent:
    """A step from the present state: `voltage` as a fraction of nominal, `frequency` in Hz, `phase`
    jump in rad, for `duration` in s, then back."""

    voltage: float
    frequency: float
    phase: float
    duration: float


class GridSimulator(Driver, Protocol):
    """Makes a grid of set voltage and frequency and plays events on it; phases from 1.

    Voltage, frequency or an event beyond the simulator's or the bench's limits is `LimitRefused`;
    a trip is `InstrumentError` until it is cleared.
    """

    async def set_voltage(self, voltage: float, *, phases: Sequence[int]) -> None:
        """Rms voltage to neutral in V on these phases; output state unchanged."""
        ...

    async def set_frequency(self, frequency: float) -> None:
        """Frequency in Hz."""
        ...

    async def set_harmonics(self, fractions: Mapping[int, float]) -> None:
        """Harmonics by order as fractions of the fundamental; orders not named are 0."""
        ...

    async def output(self, on: bool) -> None:
        """Output on or off, read back."""
        ...

    async def regenerative(self, on: bool) -> None:
        """Whether power in W may flow back into the simulator."""
        ...

    async def play(self, event: GridEvent) -> Reading:
        """Play the event; run time in s at which it began, as the simulator triggered it.

        It returns when the event has begun. The trigger output pulses at that moment.
        """
        ...

    async def play_sequence(self, events: Sequence[GridEvent]) -> Reading:
        """Play events one after another without a gap, then back: the recorded shape of a real one.

        Run time in s at which the first began, as the simulator triggered it.
        """
        ...

    async def playing(self) -> bool:
        """Whether an event is under way."""
        ...

    async def measure(self, phase: int) -> GridReading:
        """Voltage in V, current in A, power in W and var, frequency in Hz at this moment."""
        ...

    async def clear_trip(self) -> None:
        """No trip latched, output off; `InstrumentError` where its cause stands."""
        ...
