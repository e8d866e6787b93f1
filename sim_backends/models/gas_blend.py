"""Gas lines that are blended, led through a pipe, and mixed in the chamber over a sensor array.

The pipe delays (plug flow), the chamber mixes (ideal stirred tank; Levenspiel, Chemical Reaction
Engineering, 3rd ed., chapter 13). Both times are volume over flow.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import exp

from sim_backends.models.gas_line import LineState

SUPPLY, ROOM = 3e5, 23.0
"""Pa (absolute) and degC of all lines."""

LINE_GAS = "Air"
"""What all lines count as: traces in synthetic air."""

HARDLY, STEP = 1e-7, 0.1
"""Change of a fraction that is no longer followed, and s of a step while one is."""

IDLE = 1e-9
"""m3/s below which nothing moves on."""


@dataclass(slots=True)
class Mix:
    """`dose`: part of the dosing line in the gas, `wet`: part of the humid line."""

    dose: float
    wet: float


class Inlet:
    """A line of a `blend` by its `name`; fits `FlowingPort`. `most` m3/s (normal state) go through
    its open valve."""

    def __init__(self, blend: Blend, name: str, most: float) -> None:
        self._blend, self._name, self._most = blend, name, most

    def state(self, opening: float, t: float) -> LineState:
        """What would flow at `opening`."""
        return LineState(self._most * opening, SUPPLY, ROOM, LINE_GAS)

    def passes(self, opening: float, t: float) -> None:
        """The valve is open by `opening` from `t` on."""
        self._blend.flow(self._name, self._most * opening, t)


class Blend:
    """Lines `dry`, `humid` and `dosing` through `dead` m3 of pipe into a chamber of `mixing` m3.

    `passed` is told each stretch of time at the chamber: its s, and the mix at its begin and end.
    `set_anew` is told when a flow has changed. `late` s are added to the way of the gas through the
    pipe.
    """

    def __init__(self, dead: float, mixing: float, t0: float) -> None:
        self._dead, self._mixing = dead, mixing
        self._flows = {"dry": 0.0, "humid": 0.0, "dosing": 0.0}
        self._coming: deque[tuple[float, float, float]] = deque()
        self._inlet = Mix(0.0, 0.0)
        self.now = Mix(0.0, 0.0)
        self.late = 0.0
        self.passed: Callable[[float, Mix, Mix], None] | None = None
        self.set_anew: Callable[[float], None] | None = None
        self._t = t0

    @property
    def total(self) -> float:
        """m3/s (normal state) of all lines."""
        return sum(self._flows.values())

    def flow(self, name: str, flow: float, t: float) -> None:
        """Line `name` gives `flow` m3/s from `t` on."""
        self.advance(t)
        if self._flows[name] == flow:
            return
        self._flows[name] = flow
        if self.set_anew is not None:
            self.set_anew(t)
        total = self.total
        if total < IDLE:
            self._coming.clear()
            return
        arrives = t + self._dead / total + self.late
        if self._coming:
            arrives = max(arrives, self._coming[-1][0])
        mix = self._flows["dosing"] / total, self._flows["humid"] / total
        self._coming.append((arrives, *mix))

    def advance(self, t: float) -> None:
        """Go on to run time `t`."""
        while self._t < t:
            while self._coming and self._coming[0][0] <= self._t:
                _, self._inlet.dose, self._inlet.wet = self._coming.popleft()
            end = min(t, self._coming[0][0]) if self._coming else t
            if self._changing():
                end = min(end, self._t + STEP)
            self._stretch(end - self._t)
            self._t = end

    def _changing(self) -> bool:
        off = abs(self.now.dose - self._inlet.dose) + abs(self.now.wet - self._inlet.wet)
        return off > HARDLY

    def _stretch(self, seconds: float) -> None:
        left = exp(-seconds * self.total / self._mixing)
        before = self.now
        self.now = Mix(
            self._inlet.dose + (before.dose - self._inlet.dose) * left,
            self._inlet.wet + (before.wet - self._inlet.wet) * left,
        )
        if self.passed is not None:
            self.passed(seconds, before, self.now)
