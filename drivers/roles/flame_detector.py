"""Role: flame detector."""

from __future__ import annotations

from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class FlameDetector(Driver, Protocol):
    """Tells whether a flame is seen. A dirty window or a failed self-test is `InstrumentError`; a
    sensitivity step that it does not have is `LimitRefused`."""

    async def flame(self) -> bool:
        """Whether a flame is seen at this moment."""
        ...

    async def signal(self) -> Reading:
        """Strength of the signal in % of the alarm threshold."""
        ...

    async def alarms(self) -> Reading:
        """Alarms since power-up, unit `event`."""
        ...

    async def self_test(self) -> None:
        """Test of window and sensor; `InstrumentError` where it fails."""
        ...
