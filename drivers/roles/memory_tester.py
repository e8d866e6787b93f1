"""Role: memory tester."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.roles.digital_tester import DigitalTester
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import BoolArray


@dataclass(frozen=True, eq=False)
class MemoryMap:
    """Result of one test: `passed` of shape (addresses,), bool, `first` the lowest address;
    `access_time` in s, the longest that any address needed (None: not asked)."""

    first: int
    passed: BoolArray
    access_time: Reading | None


class MemoryTester(DigitalTester, Protocol):
    """Writes and reads the cells of a memory by march patterns (van de Goor's notation).

    Voltages and timings beyond the tester's or the bench's limits are `LimitRefused`; a device that
    does not answer at all is `InstrumentError`.
    """

    async def set_supply(self, voltage: float) -> None:
        """Supply of the memory in V."""
        ...

    async def set_timing(self, *, cycle: float, strobe: float) -> None:
        """Cycle time and read strobe in s."""
        ...

    async def test(self, pattern: str, *, first: int, count: int) -> MemoryMap:
        """March `pattern` over `count` addresses from `first` on, at the timing set in s."""
        ...

    async def access_time(self, pattern: str, *, first: int, count: int) -> MemoryMap:
        """The same with the strobe searched: `access_time` in s at which every address passes."""
        ...

    async def bits_per_address(self) -> int:
        """Width of an address, a plain number of bits."""
        ...
