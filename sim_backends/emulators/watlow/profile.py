"""Profiles of the F4T: stored steps, and the engine that runs them.

User's guide 1680-2414, printed page 37: soak holds the set points for a time, ramp time and ramp
rate move them from where they are, instant change sets them and holds for a time, jump repeats,
end leaves the loops at the user's set point, off or on hold. Wait steps, events and guaranteed soak
are left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from sim_backends.emulators.watlow.codes import Code

Pair = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `targets` of both loops (None: as before), `seconds`, `rate` in units a minute;
    of a jump `to` (from 1) and `count`; of an end its `mode`."""

    kind: Code
    targets: Pair = (None, None)
    seconds: float = 0.0
    rate: float = 0.0
    to: int = 0
    count: int = 0
    mode: Code = Code.USER


@dataclass(frozen=True, slots=True)
class Profile:
    """A stored profile."""

    name: str
    steps: tuple[Step, ...]


STORED = (
    Profile(
        "Bake 60",
        (
            Step(Code.RAMP_RATE, (60.0, None), rate=2.0),
            Step(Code.SOAK, seconds=1800.0),
            Step(Code.RAMP_RATE, (25.0, None), rate=2.0),
            Step(Code.END, mode=Code.USER),
        ),
    ),
    Profile(
        "Damp heat",
        (
            Step(Code.RAMP_TIME, (40.0, 80.0), seconds=1800.0),
            Step(Code.SOAK, seconds=7200.0),
            Step(Code.RAMP_TIME, (25.0, 50.0), seconds=1800.0),
            Step(Code.SOAK, seconds=3600.0),
            Step(Code.JUMP, to=1, count=2),
            Step(Code.END, mode=Code.HOLD),
        ),
    ),
)
"""What stands in the controller as it is set up on this chamber."""

_JUMPS = 1000
"""Jumps that are followed at one instant; a loop of steps without duration ends there."""


@dataclass(slots=True)
class Runner:
    """The running profile: which step, since when, and the set points it guides to."""

    profiles: Sequence[Profile] = STORED
    state: Code = Code.NOT_STARTED
    number: int = 0
    step: int = 0
    guided: list[float] = field(default_factory=lambda: [math.nan, math.nan])
    ended: Code = Code.USER
    _left: float = 0.0
    _from: tuple[float, float] = (math.nan, math.nan)
    _done: dict[int, int] = field(default_factory=dict[int, int])

    @property
    def active(self) -> bool:
        """Whether a profile guides the loops: running or paused."""
        return self.state in (Code.RUNNING, Code.PAUSE)

    @property
    def left(self) -> float:
        """Seconds left of the present step."""
        return self._left if self.active else 0.0

    @property
    def moves(self) -> bool:
        """Whether the running step moves a set point."""
        step = self._step() if self.state is Code.RUNNING else None
        return step is not None and step.kind in (Code.RAMP_RATE, Code.RAMP_TIME)

    def guides(self) -> tuple[int, ...]:
        """Indices of the loops for which the present profile has set points."""
        steps = self.profiles[self.number - 1].steps if self.number else ()
        return tuple(i for i in (0, 1) if any(step.targets[i] is not None for step in steps))

    def start(self, number: int, step: int, now: tuple[float, float]) -> bool:
        """Run profile `number` from `step` (both from 1), the set points being at `now`."""
        if not 1 <= number <= len(self.profiles):
            return False
        if self.active or not 1 <= step <= len(self.profiles[number - 1].steps):
            return False
        self.state, self.number = Code.RUNNING, number
        self.guided[:] = now
        self._done.clear()
        self._enter(step)
        return True

    def pause(self) -> None:
        """Hold step and set points."""
        if self.state is Code.RUNNING:
            self.state = Code.PAUSE

    def resume(self) -> None:
        """Go on."""
        if self.state is Code.PAUSE:
            self.state = Code.RUNNING

    def terminate(self) -> None:
        """End it where it is; the loops go back to the user's set points."""
        if self.active:
            self.state, self.ended = Code.TERMINATED, Code.USER

    def go_on(self, dt: float) -> None:
        """`dt` more seconds of the running profile, through as many steps as that takes."""
        while self.state is Code.RUNNING and dt >= self._left:
            dt -= self._left
            self._reach(0.0)
            self._enter(self.step + 1)
        if self.state is Code.RUNNING:
            self._left -= dt
            self._reach(self._left)

    def _step(self) -> Step | None:
        steps = self.profiles[self.number - 1].steps
        return steps[self.step - 1] if 1 <= self.step <= len(steps) else None

    def _enter(self, step: int) -> None:
        self.step = step
        now = self._step()
        for _ in range(_JUMPS):
            if now is None or now.kind is not Code.JUMP:
                break
            self._jump(now)
            now = self._step()
        if now is None or now.kind in (Code.END, Code.JUMP):
            self.state = Code.COMPLETE
            self.ended = now.mode if now is not None else Code.USER
            return
        self._from = self.guided[0], self.guided[1]
        self._left = self._duration(now)
        self._reach(self._left)

    def _jump(self, step: Step) -> None:
        done = self._done.get(self.step, 0)
        if done < step.count:
            self._done[self.step] = done + 1
            self.step = step.to
        else:
            self._done.pop(self.step, None)
            self.step += 1

    def _duration(self, step: Step) -> float:
        if step.kind is not Code.RAMP_RATE:
            return step.seconds
        paths = (
            abs(target - at)
            for target, at in zip(step.targets, self._from, strict=True)
            if target is not None
        )
        return max(paths, default=0.0) / step.rate * 60.0

    def _reach(self, left: float) -> None:
        step = self._step()
        if step is None:
            return
        whole = self._duration(step)
        ramps = step.kind in (Code.RAMP_RATE, Code.RAMP_TIME)
        share = 1.0 - left / whole if ramps and whole > 0 else 1.0
        for index, target in enumerate(step.targets):
            if target is not None:
                begin = self._from[index]
                self.guided[index] = begin + (target - begin) * share
