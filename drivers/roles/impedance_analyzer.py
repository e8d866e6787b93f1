"""Role: impedance analyzer (LCR meter)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True)
class ImpedancePoint:
    """Impedance at one frequency: `resistance` (real) and `reactance` (imaginary) in ohm,
    `frequency` in Hz, `bias` in V."""

    frequency: float
    bias: float
    resistance: Reading
    reactance: Reading


@dataclass(frozen=True, eq=False)
class ImpedanceSweep:
    """Arrays of shape (n,): `frequency` in Hz and `bias` in V as set, `resistance` and `reactance`
    in ohm."""

    frequency: FloatArray
    bias: FloatArray
    resistance: ReadingArray
    reactance: ReadingArray


class ImpedanceAnalyzer(Driver, Protocol):
    """Reads complex impedance with a small signal; equivalent circuits are the method's work.

    Frequency, level or bias beyond the instrument's or the bench's limits: `LimitRefused`. An
    overload or an unbalanced bridge is `InstrumentError`.
    """

    async def set_frequency(self, frequency: float) -> None:
        """Test frequency in Hz."""
        ...

    async def set_level(self, voltage: float) -> None:
        """Test signal in V rms."""
        ...

    async def set_bias(self, voltage: float) -> None:
        """Direct bias in V; 0 switches the bias source off."""
        ...

    async def integrate(self, aperture: Literal["short", "medium", "long"], averages: int) -> None:
        """Measuring time: the instrument's aperture, and how many readings make one value."""
        ...

    async def measure(self) -> ImpedancePoint:
        """Resistance and reactance in ohm at the present settings."""
        ...

    async def sweep_frequency(self, frequencies: Sequence[float]) -> ImpedanceSweep:
        """Resistance and reactance in ohm at each of `frequencies` in Hz, level and bias as set."""
        ...

    async def sweep_bias(self, voltages: Sequence[float], *, delay: float) -> ImpedanceSweep:
        """The same at each bias of `voltages` in V, `delay` in s after setting it; bias 0 V and
        off afterwards."""
        ...

    async def correct(self, standard: Literal["open", "short", "load"]) -> None:
        """Take the correction for the standard that is connected now."""
        ...

    async def is_corrected(self) -> bool:
        """Whether open and short correction are in force for the present cable."""
        ...
