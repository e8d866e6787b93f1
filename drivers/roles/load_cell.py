"""Role: load cell."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class LoadCell(Driver, Protocol):
    """Reads a force, or the mass that hangs on it. An overload or a broken bridge is
    `InstrumentError`; a filter beyond the amplifier's is `LimitRefused`."""

    async def force(self) -> Reading:
        """Force in N, zero taken off; compression positive."""
        ...

    async def mass(self) -> Reading:
        """Mass in kg by the local gravity stored in the amplifier."""
        ...

    async def set_zero(self) -> None:
        """The present load counts as 0 N."""
        ...

    async def set_filter(self, frequency: float) -> None:
        """Low-pass corner in Hz: the lowest setting that is not below `frequency`."""
        ...

    async def peak(self) -> Reading:
        """Largest force in N since `clear_peak`."""
        ...

    async def clear_peak(self) -> None:
        """The peak is the present force in N."""
        ...
