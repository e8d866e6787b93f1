"""A detector that takes frames of a flashing reference, and stamps events by them.

A frame holds the share of its exposure in which the flash was on. Its exposure begins before its
stamp by the method's latency and jitter, so that an event is stamped as much too late.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, sqrt
from typing import Any

import numpy as np

from sim_backends.models.logged import Channel, Log
from sim_backends.models.noise import Drift
from sim_backends.streams import stream

EVENTS = 300
"""Flashes in one series."""

WINDOW = 6
"""Frames round a flash whose light the method sums up: two before, four from the stamp on."""

COVERAGE = 1.96
"""Standard deviations on either side that hold 95 % of normal errors."""

PHASES = 240
"""Phases of a flash in a frame over which a deviation is averaged."""

MEMORY = 0.1
"""Correlation time in s of the wandering latency: buffers of a computer's bus."""

DARK, BRIGHT = 180.0, 2600.0
"""Counts of a frame without and with the flash on."""


@dataclass(frozen=True, slots=True)
class FrameMethod:
    """An in-situ method that stamps events by frames. `latency`, `jitter` (deviation from frame
    to frame), `wander` (deviation of the slow part), `period` of the frames and `dead` time
    between exposures in s; `noise` is the deviation of a frame in counts."""

    latency: float
    jitter: float
    wander: float
    period: float
    dead: float
    noise: float


@dataclass(frozen=True, slots=True)
class Flasher:
    """The reference: a flash `period` s apart (true), on for half of it, light `delay` s after the
    trigger's edge (true)."""

    period: float
    delay: float


def deviation(method: FrameMethod) -> float:
    """Standard deviation in s of a stamp about its mean: jitter and dead time over all phases of a
    flash, wander, and the noise of the frames that are summed up."""
    light = WINDOW * (method.period * method.noise / (BRIGHT - DARK)) ** 2
    return sqrt(_by_phase(method) + method.wander**2 + light)


def _by_phase(method: FrameMethod) -> float:
    """Variance in s2 of a stamp by jitter and dead time, a flash coming at any phase of a frame.

    A frame that begins `x` s after a flash holds its light for clip(x / exposure + 1, 0, 1) of its
    exposure; jitters of frames are independent (Gauss-Hermite over each).
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(24)
    weights = weights / weights.sum()
    exposure = method.period - method.dead
    phase = (np.arange(PHASES) + 0.5) / PHASES * method.period
    begin = np.array([-2.0, -1.0, 0.0, 1.0])[:, None] * method.period - phase
    held = np.clip((begin[..., None] + method.jitter * nodes) / exposure + 1.0, 0.0, 1.0)
    mean = held @ weights
    variance = np.maximum((held**2) @ weights - mean**2, 0.0)
    late = -method.period * mean.sum(axis=0) - phase
    return float(method.period**2 * variance.sum(axis=0).mean() + late.var())


def bias(method: FrameMethod) -> float:
    """Mean error in s of a stamp: latency, and half the dead time after an exposure."""
    return method.latency + method.dead / 2.0


def precision(method: FrameMethod) -> float:
    """Signed time error in s that 95 % of stamps do not pass: mean and 1.96 deviations, to the side
    of the mean."""
    mean = bias(method)
    return copysign(abs(mean) + COVERAGE * deviation(method), mean)


class FrameLog:
    """A detector before the flasher: fits `LogPort`. A series begins with a trigger."""

    def __init__(self, method: FrameMethod, flasher: Flasher, seed: int) -> None:
        self._method, self._flasher, self._seed = method, flasher, seed
        self._series = 0

    def log(self, t: float) -> Log:
        """Brightness of the frames of one series."""
        self._series += 1
        rng = stream(self._seed, "in situ", "frames", str(self._series))
        method, flash = self._method, self._flasher
        frames = int((EVENTS + 1) * flash.period / method.period)
        stamps = method.period * np.arange(frames)
        late = method.latency + method.jitter * rng.standard_normal(frames)
        late += self._wander(stamps, rng)
        on = share_on(stamps - late, method.period - method.dead, flash)
        counts = DARK + (BRIGHT - DARK) * on + method.noise * rng.standard_normal(frames)
        return Log(
            (Channel("brightness", "dimensionless", counts),),
            method.period,
            "labctl",
            "FC-500 frame detector",
            "mean counts of the region of interest, frame by frame, hardware trigger",
        )

    def _wander(self, stamps: Any, rng: np.random.Generator) -> Any:
        slow = Drift(self._method.wander, MEMORY, 0.02 * MEMORY, rng, 0.0)
        return np.array([slow.at(float(one)) for one in stamps])


def share_on(begin: Any, exposure: float, flash: Flasher) -> Any:
    """Share of exposures beginning at `begin` s after the trigger, `exposure` s long, in which the
    flash is on: from the middle of each period on."""
    half = 0.5 * flash.period

    def light(at: Any) -> Any:
        """Seconds of light until `at`."""
        whole, rest = np.divmod(at - flash.delay, flash.period)
        return whole * half + np.clip(rest - half, 0.0, None)

    return (light(begin + exposure) - light(begin)) / exposure
