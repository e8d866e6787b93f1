"""Role: tunable laser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading


@dataclass(frozen=True)
class WavelengthSweep:
    """A continuous sweep: from `start` to `stop` in m (vacuum wavelength) at `speed` in m/s, with a
    trigger pulse every `trigger_step` in m (0: none)."""

    start: float
    stop: float
    speed: float
    trigger_step: float


class TunableLaser(Driver, Protocol):
    """A laser of set wavelength; wavelengths are in vacuum.

    A wavelength, power or speed beyond the laser's or the bench's limits is `LimitRefused`; a
    setting during a sweep and an open interlock are `InstrumentError`.
    """

    async def output(self, on: bool) -> None:
        """Emitting or not, read back."""
        ...

    async def set_wavelength(self, wavelength: float) -> None:
        """Vacuum wavelength in m; returns when it is settled."""
        ...

    async def wavelength(self) -> Reading:
        """Vacuum wavelength in m as the laser knows it."""
        ...

    async def set_power(self, power: float) -> None:
        """Target optical power in W; output unchanged."""
        ...

    async def power(self) -> Reading:
        """Optical power in W by the laser's own monitor: a check of the laser, no reference."""
        ...

    async def sweep(self, sweep: WavelengthSweep) -> None:
        """Sweep once, wavelengths in m; returns when it has started."""
        ...

    async def is_sweeping(self) -> bool:
        """Whether a sweep runs."""
        ...

    async def swept(self) -> ReadingArray:
        """Vacuum wavelength in m at each trigger pulse of the last sweep, shape (n,)."""
        ...

    async def stop(self) -> None:
        """No sweep; wavelength stays where it is."""
        ...
