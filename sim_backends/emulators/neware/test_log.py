"""What a channel keeps of its test: data points, finished steps, events.

Quantities and units as a real machine's answers have them (`tests/mocks.py` of aurora-neware): the
time of a point since the start of its step, V, A, Ah, Wh.
"""

from __future__ import annotations

from dataclasses import dataclass, field

STARTED, FINISHED, STOPPED, PROTECTED = 100000, 100001, 100007, 100215
"""Codes of events. Start and end are read off a real log; the other two stand in one, their meaning
is assumed."""


@dataclass(frozen=True, slots=True)
class Point:
    """One data point: when in s of run time and of its step, where, V, A, Ah, Wh."""

    t: float
    step: int
    cycle: int
    kind: str
    seconds: float
    voltage: float
    current: float
    charge: float
    energy: float


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A finished step: first and last point (from 1), and what the last says."""

    first: int
    last: int
    begin: Point
    end: Point


@dataclass(slots=True)
class TestLog:
    """The log of test `number`; points are counted from 1."""

    __test__ = False  # no test case, whatever its name

    number: int
    barcode: str = ""
    points: list[Point] = field(default_factory=list[Point])
    steps: list[StepRecord] = field(default_factory=list[StepRecord])
    events: list[tuple[int, int, float]] = field(default_factory=list[tuple[int, int, float]])
    _first: int = 0

    def note(self, code: int, t: float) -> None:
        """An event at run time `t` s, beside the present point."""
        self.events.append((max(len(self.points), 1), code, t))

    def begin_step(self, point: Point) -> None:
        """The first point of a step."""
        self.points.append(point)
        self._first = len(self.points)

    def add(self, point: Point) -> None:
        """One more point."""
        self.points.append(point)

    def end_step(self, point: Point) -> None:
        """The last point of a step."""
        if point.t > self.points[-1].t:
            self.points.append(point)
        begin = self.points[self._first - 1]
        self.steps.append(StepRecord(self._first, len(self.points), begin, point))
