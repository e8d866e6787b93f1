"""An exposure: something to do at regular instants, and how far it has come.

An exposure is one step that is committed in parts. What is kept of a part are the results of its
points; a resumed run goes on behind the last part that was committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from labctl import clock
from labctl.errors import Defect

EARLY = 1e-9
"""Part of the interval by which the end may differ from a whole number of intervals."""

LATE = 0.05
"""Seconds after which a point counts as late."""

POINTS = 500
"""Points after which a part is committed in virtual time, where only their number repeats."""

SECONDS = 10.0
"""Seconds after which a part is committed in real time."""


def instants(seconds: float, every: float) -> Iterator[float]:
    """0, `every`, 2 x `every`, ..., and `seconds`, without rounding drift."""
    if not (seconds >= 0 and every > 0):
        raise Defect(f"a soak of {seconds} s every {every} s cannot be")
    whole = int(seconds / every + EARLY)
    for index in range(whole):
        yield index * every
    if abs(whole * every - seconds) > EARLY * every:
        yield whole * every
    yield seconds


class Part(msgspec.Struct, frozen=True):
    """A part of an exposure as the journal keeps it.

    The exposure began at run time `begin` in s, gaps until then left out. `points` were done in
    all, and `results` are those of this part's points, as plain data.
    """

    begin: float
    points: int
    results: list[Any] = []


@dataclass(frozen=True)
class Parts:
    """The parts of an exposure that were committed, until run time `t` in s, put together."""

    begin: float
    points: int
    results: tuple[Any, ...]
    t: float


@dataclass
class Pace:
    """When the next part is to be committed: after `points` in virtual time, else by the clock."""

    points: int = POINTS
    count: int = 0
    last: float = field(default_factory=clock.now)

    def due(self) -> bool:
        """Count one more point; whether a part ends with it."""
        self.count += 1
        if clock.is_virtual():
            return self.count % self.points == 0
        if clock.now() - self.last < SECONDS:
            return False
        self.last = clock.now()
        return True


@dataclass
class Soak:
    """One soak of `seconds` in s under way; progress goes from `done` to `until` (0..1).

    `begin` is the run time in s at which it began.
    """

    name: str
    seconds: float
    done: float
    until: float
    begin: float = 0.0
    late: int = 0
    latest: float = 0.0

    async def wait(self, elapsed: float) -> None:
        """Wait for the point at `elapsed` s; one that is late by more than `LATE` s is counted."""
        await clock.sleep_until(self.begin + elapsed)
        late = clock.now() - (self.begin + elapsed)
        if late > LATE:
            self.late += 1
            self.latest = max(self.latest, late)

    def progress(self, elapsed: float) -> tuple[float, str]:
        """Progress 0..1 and its text after `elapsed` s."""
        part = elapsed / self.seconds if self.seconds else 1.0
        done = self.done + (self.until - self.done) * part
        return done, f"{self.name}: {elapsed / 3600:.4g} of {self.seconds / 3600:.4g} h"

    @property
    def lateness(self) -> str:
        """What the journal keeps of late points."""
        return f"{self.name}: {self.late} points late, by at most {self.latest:.3g} s"
