"""The machine on which programs under test take turns, and on which others work too.

What it does hangs on the line that a program is asked, not on the time: a run that was killed and
goes on meets the same. Of the lines that several programs are asked in turn the machine's `level`
is common, and it drifts from one to the next. A burst of other load meets a program alone, which
has its line longer then; each line scatters by itself. All factors are as often high as low, but
bursts, which only slow down and meet each program as often.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from sim_backends.streams import stream

LEVEL, SLOPE, SCATTER = 0.1, 0.03, 0.04
"""Standard deviations of the logarithm: of the level, of its drift from turn to turn, of a line."""

JITTER = 8e-6
"""Mean of what the link takes of a line beyond its least, in s; exponential."""


@dataclass(frozen=True)
class Bursts:
    """A line meets other load with the probability `share` and takes `low` to `high` times as
    long."""

    share: float = 0.08
    low: float = 1.3
    high: float = 2.0


class BusyMachine:
    """One host for all programs of a bench."""

    not_kept: ClassVar[tuple[str, ...]] = ("_line", "_turn")

    def __init__(self, seed: int, bursts: Bursts | None = None) -> None:
        self._seed = seed
        self._bursts = bursts or Bursts()
        self._line = ""
        self._turn = 0

    def factor(self, program: str, line: str) -> float:
        """By how much `program` takes longer for `line` (its digest) than on an idle machine."""
        self._turn = self._turn + 1 if line == self._line else 0
        self._line = line
        common = stream(self._seed, "machine", line)
        level, slope = common.standard_normal(2)
        own = stream(self._seed, "machine", line, program)
        factor = LEVEL * level + SLOPE * slope * (self._turn - 1) + SCATTER * own.standard_normal()
        return math.exp(factor) * self._burst(own.random(), own.random())

    def _burst(self, chance: float, strength: float) -> float:
        if chance >= self._bursts.share:
            return 1.0
        return self._bursts.low + (self._bursts.high - self._bursts.low) * strength

    def jitter(self, program: str, line: str, number: int) -> float:
        """What the link takes beyond its least of the `number`-th line since `line`, in s."""
        return float(stream(self._seed, "link", line, program, str(number)).exponential(JITTER))
