"""The times of a soak: a long exposure with something to do at regular instants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labctl import clock
from labctl.errors import Defect

EARLY = 1e-9
"""Part of the interval by which the end may differ from a whole number of intervals."""

LATE = 0.05
"""Seconds after which a point counts as late."""


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


@dataclass
class Soak:
    """One soak under way, begun at run time `begin` in s; progress goes from `done` to `until`."""

    name: str
    begin: float
    seconds: float
    done: float
    until: float
    late: int = 0
    latest: float = 0.0

    async def wait(self, elapsed: float) -> float:
        """Wait for the point at `elapsed` s; returns by how many seconds it is late."""
        await clock.sleep_until(self.begin + elapsed)
        return clock.now() - (self.begin + elapsed)

    def arrived(self, late: float) -> None:
        """Count the point if it is late by more than `LATE` s."""
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
