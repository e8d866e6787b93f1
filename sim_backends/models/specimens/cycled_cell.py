"""A coin cell in a cycler: constant-current cycles between two voltages.

The voltage is a straight line of the state of charge, plus what the current drops at a resistance:
U = low + (high - low) s + R I. A cycle between the voltages `low` and `high` then moves
1 - 2 R I / (high - low) of the capacity, and of the charge that is put in the share
1 - `efficiency` is lost to side reactions. Each cycle loses the share `fade` of the capacity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Stage:
    """A step of `cycle` (from 1) at a steady `current` in A (charge positive) for `seconds`; the
    voltage goes from `first` to `last` in V."""

    cycle: int
    current: float
    seconds: float
    first: float
    last: float


class CycledCellPort(Protocol):
    """A cell that is cycled from empty. Times are run time in s."""

    def stages(self, current: float, cycles: int, rest: float) -> Iterator[Stage]:
        """Rest, charge, rest, discharge of each cycle at `current` in A, with `rest` in s."""
        ...


@dataclass(frozen=True)
class CoinCell:
    """`capacity` in C of the first cycle at no current, `efficiency` (coulombic), `fade` a cycle,
    `resistance` in ohm, voltages `low` and `high` in V."""

    capacity: float
    efficiency: float
    fade: float
    resistance: float
    low: float
    high: float

    def discharge_capacity(self, current: float, cycle: int) -> float:
        """Charge in C that the discharge of `cycle` (from 1) gives at `current` in A."""
        drop = self.resistance * current / (self.high - self.low)
        return self.capacity * (1.0 - self.fade) ** (cycle - 1) * (1.0 - 2.0 * drop)

    def stages(self, current: float, cycles: int, rest: float) -> Iterator[Stage]:
        """Steps from the empty cell on; it rests at its open-circuit voltage."""
        drop = self.resistance * current
        empty, full = self.low + drop, self.high - drop
        for cycle in range(1, cycles + 1):
            seconds = self.discharge_capacity(current, cycle) / current
            yield Stage(cycle, 0.0, rest, empty, empty)
            yield Stage(cycle, current, seconds / self.efficiency, empty + drop, self.high)
            yield Stage(cycle, 0.0, rest, full, full)
            yield Stage(cycle, -current, seconds, full - drop, self.low)
