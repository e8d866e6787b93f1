"""Role: laser energy meter."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading


class LaserEnergyMeter(Driver, Protocol):
    """Reads the energy of single pulses with a calibrated head.

    A wavelength, range or trigger level beyond the head's is `LimitRefused`; no pulse in time,
    overload and an exchanged head are `InstrumentError`.
    """

    async def set_wavelength(self, wavelength: float) -> None:
        """Wavelength in m that the responsivity is taken at."""
        ...

    async def set_range(self, energy: float) -> None:
        """The smallest range that holds `energy` in J."""
        ...

    async def set_trigger(self, level: float) -> None:
        """Trigger level as a fraction (0..1) of the range."""
        ...

    async def set_attenuation(self, attenuation: float) -> None:
        """Loss in front of the head in dB that readings are corrected for."""
        ...

    async def energy(self, *, timeout: float) -> Reading:
        """Energy in J of the next pulse; waits at most `timeout` in s."""
        ...

    async def energies(self, pulses: int, *, timeout: float) -> ReadingArray:
        """Energy in J of the next `pulses` pulses, shape (pulses,), none left out; at most
        `timeout` in s between two."""
        ...

    async def repetition_rate(self) -> Reading:
        """Repetition rate of the last pulses in Hz."""
        ...
