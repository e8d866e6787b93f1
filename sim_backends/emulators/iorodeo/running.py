"""A running test: which samples are taken when, and what the current was.

Firmware FW0.1.0, SystemState::updateTestOnTimer and updateSample of the staircase tests. Each tick
sets the potential and reads the current; a low-pass filter runs over the ticks. Long sample periods
are not looked at in every tick here: the last ticks before a sample are, and some before them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from sim_backends.emulators.iorodeo import specs
from sim_backends.emulators.iorodeo.analog import Analog, LowPass
from sim_backends.emulators.iorodeo.waveforms import DifferentialPulse, Staircase, Test

_ALL, _LAST, _BEFORE = 60, 24, 12
"""Ticks of which every one is looked at; ticks at the end, and pairs of ticks before them."""

_SECONDS = specs.TICK * 1e-6


class Sample(NamedTuple):
    """`t` in us from the start, `volt` in V, `current` in uA, `limit`: the input is at its end."""

    t: int
    volt: float
    current: float
    limit: bool


def looks(first: int, last: int) -> list[int]:
    """The ticks of `first` to `last` that are looked at: what is skipped holds the tick before."""
    count = last - first + 1
    if count <= _ALL:
        return list(range(first, last + 1))
    early = count - _LAST
    found = {first + early * pair // _BEFORE + extra for pair in range(_BEFORE) for extra in (0, 1)}
    return sorted(found | set(range(last - _LAST + 1, last + 1)))


class Run:
    """`test` on the board `analog`, started at run time `start` in s."""

    def __init__(self, test: Test, analog: Analog, start: float, period: int) -> None:
        self._test, self._analog, self._start = test, analog, start
        self._modulus = period // specs.TICK
        self._filter = LowPass()
        self._next = 0
        self._last = -(-test.done // specs.TICK)
        self._sums = {True: [0.0, 0], False: [0.0, 0]}
        self._base = 0.0
        self._limit = False

    @property
    def over(self) -> bool:
        """Whether the last tick is done."""
        return self._next > self._last

    @property
    def due(self) -> float:
        """When the next sample, or the end, comes; run time in s."""
        return self._time(min(self._sample_tick(), self._last))

    def step(self) -> Sample | None:
        """Go on to the next sample, or the end."""
        wanted = self._sample_tick()
        until = min(wanted, self._last)
        staircase = self._test if isinstance(self._test, Staircase) else None
        for first, last in self._pieces(until, staircase):
            self._go(first, last, staircase)
        self._next = until + 1
        if wanted > self._last:
            return None
        return self._sample(wanted, staircase)

    def _time(self, tick: int) -> float:
        return self._start + (tick + 1) * _SECONDS

    def _sample_tick(self) -> int:
        """The next tick that gives a sample; a staircase counts anew after its quiet time."""
        if not isinstance(self._test, Staircase):
            return self._after(0)
        began = self._began(self._test)
        quiet = self._after(1)
        return quiet if quiet < began else self._after(began)

    def _began(self, staircase: Staircase) -> int:
        """First tick of the staircase; the firmware leaves out tick 0."""
        return max(-(-staircase.quiet // specs.TICK), 1)

    def _after(self, origin: int) -> int:
        """The next multiple of the sample period after `origin` that is not yet done."""
        passed = max(self._next - origin, 1)
        return origin + -(-passed // self._modulus) * self._modulus

    def _pieces(self, until: int, staircase: Staircase | None) -> list[tuple[int, int]]:
        """Ranges of ticks at whose ends the current matters."""
        if staircase is None or until < self._next:
            return [(self._next, until)]
        half = max(self._modulus // 2, 1)
        began = self._began(staircase)
        edges = [self._next]
        while edges[-1] <= until:
            past = edges[-1] - began
            edges.append(began if past < 0 else began + (past // half + 1) * half)
        return [(a, min(b - 1, until)) for a, b in pairwise(edges)]

    def _go(self, first: int, last: int, staircase: Staircase | None) -> None:
        ticks = looks(first, last)
        for tick, following in zip(ticks, [*ticks[1:], last + 1], strict=True):
            self._look(tick, following - tick, staircase)

    def _look(self, tick: int, held: int, staircase: Staircase | None) -> None:
        t, when = tick * specs.TICK, self._time(tick)
        self._analog.set_volt(self._test.at(t), when)
        current, self._limit = self._analog.current(when + specs.SETTLING)
        self._filter.update(current, held)
        if staircase is None or tick == 0 or t < staircase.quiet:
            return
        inside = t - staircase.quiet
        if staircase.in_window(inside + (held - 1) * specs.TICK):
            total = self._sums[staircase.first_half(inside)]
            total[0] += self._filter.value * held
            total[1] += held

    def _sample(self, tick: int, staircase: Staircase | None) -> Sample:
        t = tick * specs.TICK
        if staircase is None:
            return Sample(t, self._test.at(t), self._filter.value, self._limit)
        if t < staircase.quiet:
            return Sample(t, staircase.values["quietValue"], 0.0, self._limit)
        return Sample(t, staircase.stair(t), self._difference(t, staircase), self._limit)

    def _difference(self, t: int, staircase: Staircase) -> float:
        """First less second half of the step; a pulse less the base before it."""
        forward, reverse = (_mean(*self._sums[half]) for half in (True, False))
        self._sums = {True: [0.0, 0], False: [0.0, 0]}
        if not isinstance(staircase, DifferentialPulse):
            return forward - reverse
        base, self._base = self._base, reverse
        return forward - base if t - staircase.quiet > staircase.period else 0.0


def _mean(total: float, count: float) -> float:
    return total / count if count else float("nan")
