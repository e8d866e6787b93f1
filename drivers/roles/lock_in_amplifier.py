"""Role: lock-in amplifier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class LockInSample:
    """Signal at the reference frequency, taken at one instant: in-phase `x` and quadrature `y`
    in V (rms), `frequency` of the reference in Hz, whether an input or stage was overloaded."""

    x: Reading
    y: Reading
    frequency: Reading
    overloaded: bool


class LockInAmplifier(Driver, Protocol):
    """Reads the part of a signal that follows a reference. Only states are asked for.

    Values beyond the instrument's limits are `LimitRefused`; a lost reference lock is
    `InstrumentError`.
    """

    async def reference(self, source: Literal["internal", "external"], *, harmonic: int) -> None:
        """Reference by the own oscillator or the reference input; `harmonic` 1, 2, ..."""
        ...

    async def set_frequency(self, frequency: float) -> None:
        """Frequency of the own oscillator in Hz."""
        ...

    async def set_amplitude(self, amplitude: float) -> None:
        """Amplitude of the own oscillator's output in V rms."""
        ...

    async def set_sensitivity(self, voltage: float) -> None:
        """Full scale in V rms: the smallest setting that is not below `voltage`."""
        ...

    async def set_time_constant(self, seconds: float) -> None:
        """Time constant of the output filter in s: the smallest setting not below `seconds`."""
        ...

    async def settling_time(self) -> Reading:
        """Time in s after which a step is settled to 1 % at the present filter."""
        ...

    async def measure(self) -> LockInSample:
        """x and y in V rms, taken together; waits for nothing."""
        ...
