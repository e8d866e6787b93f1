"""Role: mass spectrometer (residual gas analyzer)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class MassSpectrum:
    """Arrays of shape (n,): `mass` the mass-to-charge ratio in u (per elementary charge), `current`
    the ion current in A."""

    mass: FloatArray
    current: ReadingArray


class MassSpectrometer(Driver, Protocol):
    """Reads ion currents by mass-to-charge ratio.

    The filament on above the pressure that it bears, and masses or voltages beyond its range, are
    `LimitRefused`; a filament or electrometer fault is `InstrumentError`.
    """

    async def filament(self, on: bool) -> None:
        """Ion source emitting or off, read back."""
        ...

    async def set_emission(self, current: float) -> None:
        """Emission current in A."""
        ...

    async def multiplier(self, voltage: float) -> None:
        """Voltage of the electron multiplier in V; 0: Faraday cup."""
        ...

    async def scan(self, start: float, stop: float, *, points_per_mass: int) -> MassSpectrum:
        """Analog scan from `start` to `stop` in u, ion currents in A."""
        ...

    async def single_mass(self, mass: float) -> Reading:
        """Ion current at `mass` in u, in A."""
        ...

    async def partial_pressure(self, mass: float) -> Reading:
        """Partial pressure in Pa at `mass` in u, by the stored sensitivity."""
        ...

    async def total_pressure(self) -> Reading:
        """Total pressure in Pa."""
        ...

    async def zero(self) -> None:
        """Electrometer zeroed at the present settings."""
        ...
