"""One channel of the cycler: it runs a program on its cell and keeps the log.

The real machine samples every 0.1 s. This one sets and measures at the start of a step, whenever a
point is due, and in between at times that shorten as an end or a bound comes near, down to 0.1 s,
so that weeks of cycling cost little; the current is constant from one such time to the next. A cell
that can be foreseen is looked at less often still (`ahead`).
"""

from __future__ import annotations

import math
from enum import StrEnum

import numpy as np

from sim_backends.emulators.neware import test_log
from sim_backends.emulators.neware.ahead import Ahead, Leap, sampled
from sim_backends.emulators.neware.regulator import Reading, Regulator, is_beyond
from sim_backends.emulators.neware.step_file import (
    CONSTANT_CURRENT,
    WORDS,
    Program,
    Protection,
    Step,
    StepType,
)
from sim_backends.emulators.neware.test_log import Point, TestLog
from sim_backends.models.battery_cell import CellPort

SAMPLE, LONGEST = 0.1, 30.0
"""Seconds between two settings: at least, at most."""

NEARING = 0.3
"""Share of the time to an end, at the present slope, after which the channel looks again."""


class Work(StrEnum):
    """`workstatus`, as in the answers of a real machine and its client's list of idle states."""

    WORKING = "working"
    FINISH = "finish"
    STOP = "stop"
    PROTECT = "protect"


class CyclerChannel:
    """A channel in front of the cell at `port`."""

    def __init__(self, port: CellPort, rng: np.random.Generator) -> None:
        self.regulator = Regulator(port, rng)
        self._ahead = Ahead(port)
        self._leap: Leap | None = None
        self.work = Work.FINISH
        self.log = TestLog(0)
        self.light = False
        self.step = 0
        self.cycle = 1
        self.reading = Reading(0.0, 0.0)
        self.started = self.step_began = 0.0
        self._program: Program | None = None
        self._done: dict[int, int] = {}
        self._next: float | None = None
        self._kept = 0.0
        self._last_t = 0.0
        self._set_at = -math.inf
        self._ends = self._again = 0.0
        self._beyond_since: float | None = None

    @property
    def now(self) -> Step | None:
        """The step in work."""
        program = self._program
        if self.work is not Work.WORKING or program is None:
            return None
        return program.steps[self.step - 1] if self.step <= len(program.steps) else None

    def due(self) -> float | None:
        """When it next sets and measures; None while it does not work."""
        return self._next

    def start(self, program: Program, barcode: str, number: int, t: float) -> bool:
        """Begin test `number`; False while one is in work or where it asks for too much."""
        if self.work is Work.WORKING or any(is_beyond(step) for step in program.steps):
            return False
        self._program, self.work = program, Work.WORKING
        self.log = TestLog(number, barcode)
        self.log.note(test_log.STARTED, t)
        self.cycle, self.started = 1, t
        self._done.clear()
        self._beyond_since = None
        self._ahead.begin_program(t)
        self._enter(1, t)
        return True

    def stop(self, t: float) -> bool:
        """End the test; False where none is in work."""
        if self.work is not Work.WORKING:
            return False
        self._act_until(t)
        if self.now is not None:
            self._end(Work.STOP, test_log.STOPPED, t)
        return True

    def clear_flag(self) -> bool:
        """Take back a protection; False where there is none."""
        if self.work is not Work.PROTECT:
            return False
        self.work = Work.STOP
        return True

    def act(self, t: float) -> None:
        """Do what is due until `t`."""
        while self._next is not None and self._next <= t:
            self._act_until(self._next)

    def point(self, t: float) -> Point:
        """What it measures at `t`, as a data point."""
        step, regulator = self.now, self.regulator
        regulator.count(t)
        reading = self.reading if t == self._set_at else regulator.measure(t)
        word = WORDS[step.kind] if step is not None else "--"
        return Point(
            t, self.step, self.cycle, word, t - self.step_began, reading.voltage,
            reading.current, regulator.charge, regulator.energy,
        )  # fmt: skip

    # The program

    def _act_until(self, t: float) -> None:
        if self._leap is not None:
            self._land(self._leap, t)
            return
        step = self.now
        if step is None:
            return
        before = self.reading
        self.reading, self._set_at = self.regulator.regulate(step, t), t
        if self._trips(t):
            self._end(Work.PROTECT, test_log.PROTECTED, t)
        elif self._has_ended(step, t):
            self.log.end_step(self.point(t))
            self._enter(self.step + 1, t)
        else:
            self._keep(t)
            self._plan(step, before, t)

    def _enter(self, number: int, t: float) -> None:
        program = self._program
        assert program is not None
        while number <= len(program.steps):
            step = program.steps[number - 1]
            if step.kind is not StepType.CYCLE:
                break
            number = self._cycled(number, step, t)
            if self._leap is not None:
                self.regulator.open(t)
                self._next = self._leap.end
                return
        self.step = number
        now = self.now
        if now is None or now.kind is StepType.END:
            self._end(Work.FINISH, test_log.FINISHED, t)
            return
        self.step_began = self._kept = self._last_t = self._set_at = self._again = t
        self.regulator.begin(t)
        self.reading = self.regulator.regulate(now, t)
        self.log.begin_step(self.point(t))
        self._next = t + min(SAMPLE, now.seconds)

    def _cycled(self, number: int, step: Step, t: float) -> int:
        done = self._done.get(number, 0) + 1
        if done >= step.count:
            self._done.pop(number, None)
            return number + 1
        self._done[number] = done
        self.cycle += 1
        self._leap = self._ahead.leap(number, step.count - done, t)
        if self._leap is None:
            self._ahead.begin_body(t)
        return step.first

    def _land(self, leap: Leap, t: float) -> None:
        program = self._program
        assert program is not None
        count = self._ahead.land(leap, t)
        self._done[leap.number] += count
        self.cycle += count
        self._leap = None
        self._ahead.begin_body(t)
        self._enter(program.steps[leap.number - 1].first, t)

    def _end(self, work: Work, code: int, t: float) -> None:
        if work is not Work.FINISH:
            self.log.end_step(self.point(t))
        self.work, self._next, self._set_at = work, None, -math.inf
        self.regulator.open(t)
        self.log.note(code, t)

    def _has_ended(self, step: Step, t: float) -> bool:
        if t - self.step_began >= step.seconds - 1e-9:
            return True
        if not math.isnan(step.stop_voltage):
            left = step.sign * (step.stop_voltage - self.reading.voltage)
            if step.kind in CONSTANT_CURRENT and left <= 0.0:
                return True
        holds = step.kind is not StepType.REST and not math.isnan(step.stop_current)
        return holds and abs(self.reading.current) <= step.stop_current

    def _trips(self, t: float) -> bool:
        program, reading = self._program, self.reading
        assert program is not None
        bounds = program.protection
        beyond = (
            not bounds.low <= reading.voltage <= bounds.high
            or not bounds.least <= reading.current <= bounds.most
            or self.regulator.charge > bounds.charge
        )
        if not beyond:
            self._beyond_since = None
            return False
        if self._beyond_since is None:
            self._beyond_since = t
        return t - self._beyond_since >= bounds.delay

    def _keep(self, t: float) -> None:
        program = self._program
        assert program is not None
        record, last = program.record, self.log.points[-1]
        changed = (
            abs(self.reading.voltage - last.voltage) >= record.voltage
            or abs(self.reading.current - last.current) >= record.current
        )
        if changed or t - self._kept >= record.seconds - 1e-9:
            self.log.add(self.point(t))
            self._kept = t

    # When to look again

    def _plan(self, step: Step, before: Reading, t: float) -> None:
        program = self._program
        assert program is not None
        ends = (self.step_began + step.seconds, self._kept + program.record.seconds)
        wait = self._foreseen(step, program, t)
        if wait is None:
            wait = self._nearing(step, before, t)
        self._next = min(t + wait, *(max(end, t + 1e-6) for end in ends))

    def _foreseen(self, step: Step, program: Program, t: float) -> float | None:
        """Seconds to the sample with which the step ends; None where that is not known."""
        if not self._ahead.knows or program.protection != Protection():
            return None
        if step.kind is StepType.REST:
            return math.inf
        if step.kind not in CONSTANT_CURRENT or math.isnan(step.stop_voltage):
            return None
        # Each look sets the current anew, so the end is foretold again on half of the way left.
        if t >= self._again:
            end = self._ahead.reaches(self.regulator.reads(step.stop_voltage), t)
            self._ends = max(sampled(self.step_began, end, SAMPLE), t + SAMPLE)
            self._again = t + (self._ends - t) / 2.0
        return self._ends - t

    def _nearing(self, step: Step, before: Reading, t: float) -> float:
        """Seconds to the next look by how fast the readings come near to an end."""
        dt = max(t - self._last_t, SAMPLE)
        self._last_t = t
        volts = (self.reading.voltage - before.voltage) / dt
        amperes = (self.reading.current - before.current) / dt
        ahead = NEARING * min(
            _time_to(step.stop_voltage - self.reading.voltage, volts),
            _time_to(step.voltage - self.reading.voltage, volts) if volts else math.inf,
            _time_to(step.sign * step.stop_current - self.reading.current, amperes),
        )
        longest = min(LONGEST, 1.5 * dt + SAMPLE)
        if self._beyond_since is not None:
            longest = SAMPLE
        return min(max(ahead, SAMPLE), longest)


def _time_to(way: float, slope: float) -> float:
    """Seconds for `way` at `slope`; infinite where it does not lead there, or nan."""
    if math.isnan(way) or slope == 0.0 or way / slope <= 0.0:
        return math.inf
    return way / slope
