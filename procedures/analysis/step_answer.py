"""The answer of a power to a step: how large, how late, from its course over sliding windows. Pure.

The response time is that from the step until the power has first done 90 % of its way from the
mean before to the settled mean (GB/T 36548-2024, annex D, gives response times of active power by
90 % of the change; its text was not to be had, the definition is from memory and by agreement).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from procedures.analysis.cycle_power import unsmoothed, unsmoothed_course

Array = NDArray[np.float64]

SHARE = 0.9
"""Part of the way at which the answer counts as there."""


@dataclass(frozen=True)
class Spans:
    """Parts of a record in s from the step: `before` it, and where the power has `settled`."""

    before: tuple[float, float]
    settled: tuple[float, float]


@dataclass(frozen=True)
class StepAnswer:
    """The power goes from `before` to `settled` in W; it has done 90 % of that at `at` in s from
    the step, `window` s of which took out the second-order error of the sliding windows.

    `scatter` is the standard deviation in W, over the settled span, of the course with that error
    taken out; `slope` in W/s is that of the course at 90 %.
    """

    before: float
    settled: float
    at: float
    window: float
    scatter: float
    slope: float

    @property
    def change(self) -> float:
        """Size of the answer in W, with its sign."""
        return self.settled - self.before


def mean_in(time: Array, power: Array, span: tuple[float, float]) -> tuple[float, float]:
    """Mean and standard deviation of `power` (n,) where `time` lies in `span`, in its unit.

    `ValueError` where fewer than two samples lie there.
    """
    inside = power[(time >= span[0]) & (time <= span[1])]
    if len(inside) < 2:
        raise ValueError(f"no record from {span[0]:g} s to {span[1]:g} s")
    return float(np.mean(inside)), float(np.std(inside, ddof=1))


def step_answer(
    time: Array, power: Array, cycle: float, spans: Spans, floor: float
) -> StepAnswer | None:
    """The answer in the course `power` in W, smoothed over cycles of `cycle` in s, both (n,).

    `time` in s from the step. None where the power changes by less than `floor` in W: there is no
    answer whose time could be told.
    """
    before, _ = mean_in(time, power, spans.before)
    settled, _ = mean_in(time, power, spans.settled)
    if abs(settled - before) < floor:
        return None
    share = (power - before) / (settled - before)
    # The window about the step holds what was before it: an answer that counts comes later.
    late = np.flatnonzero((share >= SHARE) & (time > 0.0))
    index = int(late[0])
    coarse = _crossing(time, share, index)
    value, slope, bend = unsmoothed(time, share, cycle, coarse)
    fine = coarse + _to_level(value - SHARE, slope, bend)
    per_second = slope * (settled - before)
    _, scatter = mean_in(*unsmoothed_course(time, power, cycle), spans.settled)
    return StepAnswer(before, settled, fine, fine - coarse, scatter, per_second)


def _crossing(time: Array, share: Array, index: int) -> float:
    """Where the straight line between samples `index` - 1 and `index` passes the level, in s."""
    if index == 0 or share[index - 1] >= SHARE:
        return float(time[index])
    part = (SHARE - share[index - 1]) / (share[index] - share[index - 1])
    return float(time[index - 1] + part * (time[index] - time[index - 1]))


def _to_level(excess: float, slope: float, bend: float) -> float:
    """Seconds to where a parabola with `excess` above the level here passes it: the near root.

    0 where it does not pass it nearby: the course is level there, and the coarse time stands.
    """
    square = slope**2 - 2.0 * bend * excess
    if square <= 0.0 or slope <= 0.0:
        return 0.0
    return -2.0 * excess / (slope + square**0.5)
