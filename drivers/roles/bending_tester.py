"""Role: bending tester."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class BendingTester(Driver, Protocol):
    """Bends a mounted sample again and again to a set radius."""

    async def set_radius(self, radius: float) -> None:
        """Bending radius in m; `LimitRefused` outside the machine's range."""
        ...

    async def radius(self) -> Reading:
        """Bending radius in m as the machine's encoder reads it, with its accuracy."""
        ...

    async def start(self, cycles: int, *, frequency: float) -> None:
        """Have done `cycles` bends from now on at `frequency` in Hz; returns once started."""
        ...

    async def cycles_done(self) -> Reading:
        """Bends done since the last `start`, unit `cyc`."""
        ...

    async def is_running(self) -> bool:
        """Whether the machine is bending."""
        ...

    async def stop(self) -> None:
        """Stand still, flat."""
        ...
