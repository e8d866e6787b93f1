"""Role: balance."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class Balance(Driver, Protocol):
    """Weighs; values are conventional mass in air, without buoyancy correction (OIML D 28).

    Overload, underload and a value that is not stable in time are `InstrumentError`; an
    environment setting that it does not have is `LimitRefused`.
    """

    async def weigh(self, *, timeout: float) -> Reading:
        """Stable net mass in kg; waits at most `timeout` in s for stability."""
        ...

    async def weigh_now(self) -> Reading:
        """Net mass in kg at this moment, stable or not."""
        ...

    async def is_stable(self) -> bool:
        """Whether the value stands."""
        ...

    async def set_zero(self) -> None:
        """The empty pan counts as 0 kg."""
        ...

    async def set_tare(self) -> Reading:
        """The present load counts as tare; the tare in kg."""
        ...

    async def clear_tare(self) -> None:
        """Tare 0 kg."""
        ...

    async def adjust(self) -> None:
        """Adjust with the internal weight; returns when done."""
        ...
