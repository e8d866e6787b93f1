"""Bending tester LLP-BEND1 (docs/protocols/llp1.md).

Bends are reported to the world as they are done: at each question for the count, each minute while
running and at the end, parts of a bend included.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.llp.line import (
    Command,
    Later,
    LlpInstrument,
    Query,
    Refusal,
    Refused,
    number,
    whole,
    within,
)
from sim_backends.models.ports import BendingPort

RADII = (2.0, 100.0)
FREQUENCIES = (0.1, 2.0)
MOST = 10_000_000
REPORT = 60.0
"""Seconds between reports to the world while running."""

ENCODER = Spec(range=200.0, gain=2e-3, offset=0.05, noise=0.005)
"""Encoder in mm: 0.05 mm + 0.2 % of reading; noise of half its last digit."""

TRUE_RADIUS = Spec(range=200.0, gain=1e-3, offset=0.02)
"""How well the machine itself takes the radius that was set, in mm."""


@dataclass(slots=True)
class Run:
    """`total` bends from run time `start` in s on at `frequency` in Hz; `reported` to the world."""

    total: int
    start: float
    frequency: float
    reported: float = 0.0

    @property
    def end(self) -> float:
        """Run time at which the last bend is done."""
        return self.start + self.total / self.frequency

    def done(self, t: float) -> float:
        """Bends done until `t`, parts count."""
        return min((t - self.start) * self.frequency, float(self.total))


class Bend1(LlpInstrument):
    """One bending tester whose clamp is `port`."""

    def __init__(self, port: BendingPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("labctl", "LLP-BEND1", serial, "1.0"))
        self.port = port
        self._radius = 50.0
        self._frequency = 1.0
        self._run: Run | None = None
        self._count = 0
        self._next_report = math.inf
        self._encoder = Channel([ENCODER], rng)
        self._mechanics = Channel([TRUE_RADIUS], rng)
        self._queries: dict[str, Query] = {
            "RAD": lambda: f"{self._encoder.convert(self._true_radius(), 0):.2f}",
            "FREQ": lambda: f"{self._frequency:.2f}",
            "COUNT": lambda: str(self._bends()),
            "RUN": lambda: str(int(self._run is not None)),
        }
        self._commands: dict[str, tuple[int, Command]] = {
            "RAD": (1, lambda a: self._set_radius(within(number(a[0]), *RADII))),
            "FREQ": (1, lambda a: self._set_frequency(within(number(a[0]), *FREQUENCIES))),
            "RUN": (1, lambda a: self._start(int(within(whole(a[0]), 1, MOST)))),
        }

    def queries(self) -> Mapping[str, Query]:
        """Queries by keyword."""
        return self._queries

    def commands(self) -> Mapping[str, tuple[int, Command]]:
        """Commands by keyword."""
        return self._commands

    def event(self) -> float | None:
        """The next report to the world, or the end of the run."""
        return None if self._run is None else min(self._next_report, self._run.end)

    def work(self, t: float) -> None:
        """Report bends; end the run when all are done."""
        run = self._run
        if run is None:
            return
        self._report(run, t)
        self._next_report = t + REPORT
        if t >= run.end:
            self._count, self._run = run.total, None

    def stop(self) -> Later | None:
        """End the run after the bend in progress; flat then."""
        run = self._run
        if run is None:
            return None
        run.total = min(max(math.ceil(run.done(self.t) - 1e-9), 1), run.total)
        return Later(max(run.end, self.t), self._flat)

    def _flat(self, t: float) -> None:
        """Lying flat again: the bends were reported on the way."""

    def _set_radius(self, radius: float) -> Later | None:
        self._standing()
        self._radius = radius
        return None

    def _set_frequency(self, frequency: float) -> Later | None:
        self._standing()
        self._frequency = frequency
        return None

    def _start(self, bends: int) -> Later | None:
        self._standing()
        self._run = Run(bends, self.t, self._frequency)
        self._count = 0
        self._next_report = self.t + REPORT
        return None

    def _standing(self) -> None:
        if self._run is not None:
            raise Refused(Refusal.STATE)

    def _bends(self) -> int:
        if self._run is None:
            return self._count
        self._report(self._run, self.t)
        return math.floor(self._run.done(self.t) + 1e-9)

    def _report(self, run: Run, t: float) -> None:
        done = run.done(t)
        if done > run.reported:
            self.port.bend(self._true_radius() * 1e-3, done - run.reported, t)
            run.reported = done

    def _true_radius(self) -> float:
        return self._mechanics.convert(self._radius, 0)


EMULATOR = Bend1
