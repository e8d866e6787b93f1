"""Role: material tester (universal testing machine; peel, shear, nail tests)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from drivers.driver import Driver
from drivers.roles.arrays import ReadingArray
from labctl.evidence import Reading

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class ForceCurve:
    """Arrays of shape (n,): `time` in s from the start of the test, `force` in N (tension
    positive), crosshead `displacement` in m from its zero, `strain` of an extensometer,
    dimensionless (None: not fitted). No compliance is taken off."""

    time: FloatArray
    force: ReadingArray
    displacement: ReadingArray
    strain: ReadingArray | None


class MaterialTester(Driver, Protocol):
    """Moves a crosshead and reads force and displacement.

    A target, speed or force limit beyond the machine's or the bench's limits is `LimitRefused`; an
    overloaded load cell, an open guard and a reached end switch are `InstrumentError`, machine
    still.
    """

    async def set_force_limit(self, force: float) -> None:
        """Force in N, either sign, at which the crosshead stops by itself."""
        ...

    async def set_zero_force(self) -> None:
        """The present force counts as 0 N."""
        ...

    async def set_zero_displacement(self) -> None:
        """The present position of the crosshead counts as 0 m."""
        ...

    async def move_to(self, displacement: float, *, speed: float) -> None:
        """Target of the crosshead in m at `speed` in m/s; returns when it has started."""
        ...

    async def stop(self) -> None:
        """Crosshead still."""
        ...

    async def is_moving(self) -> bool:
        """Whether the crosshead moves."""
        ...

    async def force(self) -> Reading:
        """Force in N, tension positive."""
        ...

    async def displacement(self) -> Reading:
        """Crosshead displacement in m from its zero."""
        ...

    async def pull(
        self, displacement: float, *, speed: float, sample_rate: float, drop: float
    ) -> ForceCurve:
        """Move to `displacement` in m at `speed` in m/s, sampled at `sample_rate` in 1/s; ends
        early when the force falls by the fraction `drop` of its peak. Negative moves compress."""
        ...

    async def cycle(self, low: float, high: float, *, frequency: float, cycles: int) -> None:
        """Have done `cycles` between `low` and `high` in N at `frequency` in Hz from now on."""
        ...

    async def cycles_done(self) -> Reading:
        """Cycles done since the last `cycle`, unit `cyc`."""
        ...
