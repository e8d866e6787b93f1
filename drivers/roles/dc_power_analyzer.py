"""Role: direct-current power analyzer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.arrays import ReadingArray
from drivers.roles.dc_power_supply import DcPowerSupply
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class CurrentLog:
    """Arrays of shape (n,): `time` in s from the start, `voltage` in V, `current` in A."""

    time: FloatArray
    voltage: ReadingArray
    current: ReadingArray


class DcPowerAnalyzer(DcPowerSupply, Protocol):
    """A supply that logs what its output gives without a gap."""

    async def set_current_range(self, current: float | None) -> None:
        """The smallest measuring range that holds `current` in A; None: seamless ranging."""
        ...

    async def log(self, *, period: float, duration: float) -> CurrentLog:
        """Voltage in V and current in A for `duration` in s, mean over each `period` in s.

        `LimitRefused` for more points than it can keep.
        """
        ...

    async def charge(self) -> Reading:
        """Charge in C given since `clear_charge`."""
        ...

    async def clear_charge(self) -> None:
        """Charge 0 C."""
        ...
