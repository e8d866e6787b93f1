"""A Neware cycler whose channels of 5 V and 100 A work in parallel, three to a cell: 300 A.

As `bts`, with another full scale. Data sheet of the BTS4000 series of 100 A a channel (as
resellers print it): channels in parallel where more than 100 A are asked for, limits of error as
shares of full scale; 0.05 % of it is taken, as for the smaller type. Paralleling is set up at the
machine before a test; over its interface the group is one channel. Its pulse steps are disabled in
this mode, constant-current steps are not. Noise of a reading: 2 ppm of full scale (assumed).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.neware import test_log
from sim_backends.emulators.neware.ahead import FIRST, SHORTEST, Ahead, Leap
from sim_backends.emulators.neware.bts import Bts
from sim_backends.emulators.neware.channel import CyclerChannel, Work
from sim_backends.emulators.neware.regulator import FULL_VOLTAGE, Regulator
from sim_backends.emulators.neware.step_file import CONSTANT_CURRENT, Program, Step
from sim_backends.emulators.neware.test_log import TestLog
from sim_backends.models.battery_cell import CellPort

FULL = 300.0
"""A of three channels."""

LEAP = 200
"""Cycles that are leapt over at once; a large cell changes by less than 1 % meanwhile."""

CURRENT = Spec(range=FULL, gain=0.0, offset=5e-4 * FULL, noise=2e-6 * FULL)


class Stage(Regulator):
    """The power stages of three channels in front of the cell at `port`, as one."""

    def __init__(self, port: CellPort, rng: np.random.Generator) -> None:
        super().__init__(port, rng)
        self._current = Channel([CURRENT], rng)

    def _wanted(self, step: Step, t: float) -> float:
        if step.sign == 0.0:
            return 0.0
        asked = min(step.current, FULL)
        if step.kind not in CONSTANT_CURRENT:
            held = step.sign * self._port.current_at(self.reads(step.voltage), t)
            asked = max(min(held, asked), 0.0)
        if not asked:
            return 0.0
        # It regulates what it measures, so the true current carries the error of its meter.
        return 2.0 * step.sign * asked - self._current.convert(step.sign * asked, 0)


def is_too_much(step: Step) -> bool:
    """Whether `step` asks for more than 5 V or 300 A."""
    volts = [v for v in (step.voltage, step.stop_voltage) if not math.isnan(v)]
    beyond = any(not 0.0 <= v <= FULL_VOLTAGE for v in volts)
    return beyond or (math.isfinite(step.current) and step.current > FULL)


class LongAhead(Ahead):
    """As `ahead`, with leaps of up to `LEAP` cycles."""

    def leap(self, number: int, left: int, t: float) -> Leap | None:
        """A leap of the loop of step `number` with `left` more bodies to come; None where there is
        none."""
        self._bodies += 1
        count = min(LEAP, left - 1)
        short = self._bodies < FIRST or count < SHORTEST or t <= self._began
        if self._port is None or short:
            return None
        self._bodies = FIRST - 1
        self._port.suspend(t)
        return Leap(number, count, t, t + count * (t - self._began))


class Group(CyclerChannel):
    """Three channels in parallel in front of the cell at `port`."""

    def __init__(self, port: CellPort, rng: np.random.Generator) -> None:
        super().__init__(port, rng)
        self.regulator = Stage(port, rng)
        self._ahead = LongAhead(port)

    def start(self, program: Program, barcode: str, number: int, t: float) -> bool:
        """Begin test `number`; False while one is in work or where it asks for too much."""
        if self.work is Work.WORKING or any(map(is_too_much, program.steps)):
            return False
        self._program, self.work = program, Work.WORKING
        self.log, self.cycle, self.started = TestLog(number, barcode), 1, t
        self.log.note(test_log.STARTED, t)
        self._done.clear()
        self._beyond_since = None
        self._ahead.begin_program(t)
        self._enter(1, t)
        return True


class HighCurrentBts(Bts):
    """One machine with a group of channels for each cell in `port`."""

    def __init__(self, port: Sequence[CellPort], *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(port, serial=serial, rng=rng)
        self.channels = [Group(cell, rng) for cell in port]


EMULATOR = HighCurrentBts
