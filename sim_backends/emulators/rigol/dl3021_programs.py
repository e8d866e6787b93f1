"""What a DL3021 does by itself after a trigger: transients and lists, as functions of time.

User's guide, "Transient test" (2-24 to 2-38) and "List" (2-39 to 2-44). Times are run time in s.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

CONTINUOUS, PULSED, TOGGLED = "CONT", "PULS", "TOGG"


@dataclass
class Transient:
    """Constant current between level A and level B; `began` is the trigger that it runs from.

    `resting`: a pulse is over and level B is held.
    """

    armed: bool = False
    resting: bool = False
    began: float | None = None
    high: bool = False

    def trigger(self, mode: str, t: float) -> None:
        """One trigger operation at `t`."""
        if mode == TOGGLED:
            self.high = not self.high
        elif mode == PULSED or self.began is None:
            self.began = t

    def disarm(self) -> None:
        """The trigger function is off."""
        self.armed, self.resting, self.began, self.high = False, False, None, False

    def end_pulse(self, width: float, t: float) -> None:
        """A pulse of `width` s that is over switches the trigger function off (guide, 2-31)."""
        if self.began is not None and t >= self.began + width:
            self.armed, self.resting, self.began = False, True, None

    def share(self, mode: str, widths: tuple[float, float], window: float, t: float) -> float:
        """Part of the last `window` s before `t` spent at level A, 0..1; `widths` of A and B."""
        if mode == TOGGLED:
            return float(self.high)
        if self.began is None:
            return 0.0
        if mode == PULSED:
            return 1.0 if t - self.began < widths[0] else 0.0
        start = max(t - window, self.began)
        if t <= start:
            return 1.0
        return (_at_a(t - self.began, widths) - _at_a(start - self.began, widths)) / (t - start)


def _at_a(elapsed: float, widths: tuple[float, float]) -> float:
    """Seconds at level A within the first `elapsed` s of a train that begins with A."""
    period = sum(widths)
    periods, rest = divmod(elapsed, period)
    return periods * widths[0] + min(rest, widths[0])


@dataclass
class ListProgram:
    """`levels` for `widths` in s each, `count` times (0: without end); then OFF or LAST."""

    mode: str = "CURRent"
    steps: int = 2
    count: int = 1
    end: str = "OFF"
    levels: dict[int, float] = field(default_factory=dict[int, float])
    widths: dict[int, float] = field(default_factory=dict[int, float])
    slews: dict[int, float] = field(default_factory=dict[int, float])
    began: float | None = None

    def level(self, step: int) -> float:
        """Level of `step` in the unit of the mode; 2 as delivered."""
        return self.levels.get(step, 2.0)

    def width(self, step: int) -> float:
        """Dwell of `step` in s; 1 s as delivered."""
        return self.widths.get(step, 1.0)

    @property
    def cycle(self) -> float:
        """Seconds of one cycle."""
        return sum(self.width(step) for step in range(self.steps))

    def ends(self) -> float:
        """Run time at which the last step is over."""
        if self.began is None or not self.count:
            return math.inf
        return self.began + self.count * self.cycle

    def step_at(self, t: float) -> int:
        """The step that stands at `t`; the last one after the end."""
        if self.began is None:
            return 0
        if t >= self.ends():
            return self.steps - 1
        rest = (t - self.began) % self.cycle
        for step in range(self.steps):
            rest -= self.width(step)
            if rest < 0.0:
                return step
        return self.steps - 1


@dataclass
class Discharge:
    """What a battery test has taken since the input was switched on."""

    began: float
    seen: float
    current: float = 0.0
    power: float = 0.0
    charge: float = 0.0
    energy: float = 0.0

    def go(self, t: float) -> None:
        """Count the charge in A s and the energy in J until `t`."""
        self.charge += self.current * (t - self.seen)
        self.energy += self.power * (t - self.seen)
        self.seen = t
