"""What a channel knows ahead of a cell that tells it: when a step ends, and cycles that are alike.

The real machine samples every 0.1 s for weeks. On a cell that fits `ForeseenCellPort` this one
looks at the sample after which a constant-current step is over, and of a long loop it runs one
body in `LEAP` by itself: the cell is told to repeat it, the log has no points of the others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim_backends.models.battery_cell import CellPort, ForeseenCellPort

LEAP = 100
"""Cycles that are leapt over at once; a cell changes by some 0.1 % meanwhile."""

SHORTEST = 20
"""Fewer cycles than these are run one by one."""

FIRST = 2
"""Bodies of a loop that are run before the first leap, until they are alike."""


@dataclass(slots=True)
class Leap:
    """`count` bodies of the loop of step `number`, from run time `begin` to `end` in s."""

    number: int
    count: int
    begin: float
    end: float

    def done(self, t: float) -> int:
        """Whole bodies until `t`."""
        share = (t - self.begin) / (self.end - self.begin)
        return min(int(self.count * share + 1e-9), self.count)


class Ahead:
    """What is known ahead of the cell at `port`; nothing of a cell that does not tell it."""

    def __init__(self, port: CellPort) -> None:
        self._port = port if isinstance(port, ForeseenCellPort) else None
        self._bodies = 0
        self._began = 0.0

    @property
    def knows(self) -> bool:
        """Whether the cell tells anything ahead."""
        return self._port is not None

    def reaches(self, voltage: float, t: float) -> float:
        """When the cell comes to `voltage` in V, `t` where it is there; infinite if never."""
        return math.inf if self._port is None else self._port.reaches(voltage, t)

    def begin_program(self, t: float) -> None:
        """The first body of a loop may begin at `t`."""
        self._bodies = 0
        self.begin_body(t)

    def begin_body(self, t: float) -> None:
        """A body of a loop begins at `t`."""
        self._began = t
        if self._port is not None:
            self._port.mark(t)

    def leap(self, number: int, left: int, t: float) -> Leap | None:
        """A leap of the loop of step `number`, a body of which has ended at `t` with `left` more
        to come; the last of them is always run. None where there is none."""
        self._bodies += 1
        count = min(LEAP, left - 1)
        if self._port is None or self._bodies < FIRST or count < SHORTEST or t <= self._began:
            return None
        self._bodies = FIRST - 1
        self._port.suspend(t)
        return Leap(number, count, t, t + count * (t - self._began))

    def land(self, leap: Leap, t: float) -> int:
        """End `leap` at `t`; how many bodies were done."""
        count = leap.done(t)
        if self._port is not None:
            self._port.repeat(count, t)
        return count


def sampled(begin: float, end: float, sample: float) -> float:
    """The first sample at or after `end` in s, of one every `sample` s since `begin`."""
    if math.isinf(end):
        return end
    return begin + math.ceil((end - begin) / sample - 1e-6) * sample
