"""What a balance does over time: wait for stability, adjust, send weights again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim_backends.emulators.mettler_toledo.cell import DIGIT, WeighingCell

TIMEOUT = 40.0
"""Seconds that a command waits for stability (remembered)."""

LOOK = 0.1
"""Seconds between two looks at a weight that flows, and between two values of `SIR`."""

LEAST_SHARE, LEAST_DIGITS = 0.125, 30
"""A change counts for `SR` from 12.5 % of the last stable value on, at least 30 digits (JS series
operating instructions, page 30)."""


@dataclass
class Stability:
    """A command that is answered with `done()` once the value is stable, else with `failed`."""

    cell: WeighingCell
    done: Callable[[float], str]
    failed: str
    began: float
    looked: float

    def due(self) -> float:
        """When it is worth to look again."""
        at = self.cell.stable_at(self.looked)
        later = self.looked + LOOK if at is None else max(at, self.looked)
        return min(later, self.began + TIMEOUT)

    def look(self, t: float) -> str | None:
        """The answer; None while it waits on."""
        self.looked = t
        if beyond := self.cell.beyond(t):
            return f"{self.failed[:-1]}{beyond}"
        if self.cell.is_stable(t):
            return self.done(t)
        return self.failed if t >= self.began + TIMEOUT else None


@dataclass
class Adjustment:
    """The internal adjustment, which ends at `end`."""

    cell: WeighingCell
    end: float

    def due(self) -> float:
        """When it ends."""
        return self.end

    def look(self, t: float) -> str | None:
        """`C3 A` at the end."""
        if t < self.end:
            return None
        self.cell.adjust()
        return "C3 A"


@dataclass
class Immediate:
    """`SIR`: the value again and again, stable or not."""

    tell: Callable[[float], str]
    next: float

    def due(self) -> float:
        """When the next value is sent."""
        return self.next

    def look(self, t: float) -> str | None:
        """The value."""
        self.next = t + LOOK
        return self.tell(t)


@dataclass
class OnChange:
    """`SR`: the stable value, then each change of at least `least` g and the stable value after."""

    cell: WeighingCell
    tell: Callable[[float], str]
    least: float | None
    next: float
    settled: float | None = None

    def due(self) -> float:
        """When the next look is taken."""
        return self.next

    def look(self, t: float) -> str | None:
        """The value where there is one to tell."""
        self.next = t + LOOK
        net, last = self.cell.net(t), self.settled
        if last is None:
            if not self.cell.is_stable(t):
                return None
            self.settled = net
            return self.tell(t)
        least = self.least or max(LEAST_SHARE * abs(last), LEAST_DIGITS * DIGIT)
        if abs(net - last) < least:
            return None
        self.settled = net if self.cell.is_stable(t) else None
        return self.tell(t)
